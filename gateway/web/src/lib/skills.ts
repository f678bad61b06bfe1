import dayjs, { type Dayjs } from 'dayjs';

/** Until when somebody may work at equipment, as the API has it: from that instant on no more. */
export interface SkillExpiry {
  equipment: string;
  expiresAt: string;
}
export interface Skilled {
  skills: string[];
  expiries?: SkillExpiry[] | null;
}
/** A skill as people enter it: with the last day on which it is valid, where it does not last for ever. */
export interface Skill {
  equipment: string;
  until?: Dayjs | null;
}

const SOON_DAYS = 30;

export const skillsOf = ({ skills, expiries }: Skilled): Skill[] =>
  skills.map(equipment => {
    const expiry = expiries?.find(one => one.equipment === equipment);
    return { equipment, until: expiry ? lastDayOf(expiry.expiresAt) : undefined };
  });

/** A skill ends with its day. */
export function definitionOf(skills: readonly Skill[]): { skills: string[]; expiries: SkillExpiry[] } {
  const known = [...new Map(skills.filter(one => one?.equipment).map(one => [one.equipment, one])).values()];
  return {
    skills: known.map(one => one.equipment),
    expiries: known.flatMap(({ equipment, until }) =>
      until ? [{ equipment, expiresAt: until.startOf('day').add(1, 'day').toISOString() }] : [],
    ),
  };
}

const lastDayOf = (expiresAt: string) => dayjs(expiresAt).subtract(1, 'second').startOf('day');

/** Whether a skill is over, or will be soon. */
export function stateOf(until: Dayjs | null | undefined, now = dayjs()): 'over' | 'soon' | 'valid' {
  if (!until) return 'valid';
  const end = until.startOf('day').add(1, 'day');
  return !end.isAfter(now) ? 'over' : end.isBefore(now.add(SOON_DAYS, 'day')) ? 'soon' : 'valid';
}
