import dayjs, { type Dayjs } from 'dayjs';
import type { Body, Item } from './api/api';

/** Somebody with what they may work at; what ends does so from an instant on. */
export type Skilled = Pick<Item<'/api/work-orders/operators'>, 'skills' | 'expiries'>;
type Definition = Skilled & Body<'/api/work-orders/operators/{code}/skills', 'put'>;
/** A skill as people enter it: with the last day on which it is valid, where it does not last for ever. */
export interface Skill {
  equipment: string;
  until?: Dayjs | null;
}

const SOON_DAYS = 30;

export const skillsOf = ({ skills, expiries }: Skilled): Skill[] =>
  skills.map(equipment => {
    const expiry = expiries.find(one => one.equipment === equipment);
    return { equipment, until: expiry ? lastDayOf(expiry.expiresAt) : undefined };
  });

/** A skill ends with its day. */
export function definitionOf(skills: readonly Skill[]): Definition {
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
