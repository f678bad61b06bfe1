import type { Answer } from './api/api';

/** A calendar as Equipment keeps it: patterns, each valid from a date on, and days that are different. */
export type Definition = Answer<'/api/equipment/calendars/{code}', 'get'>['definition'];
export type Shift = Definition['patterns'][number]['cycle'][number][number];

const DAY_MS = 86_400_000;
const dayNumber = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
export const dayAfter = (date: string, days: number) =>
  new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
/** 1 is Monday. */
export const weekDayOf = (date: string) => ((dayNumber(date) + 3) % 7) + 1;

/** The date in a zone. */
export const dateIn = (zone: string, instant: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

/** What the patterns alone say of a day. */
export function patternOn({ patterns }: Pick<Definition, 'patterns'>, date: string): Shift[] {
  const valid = patterns
    .filter(one => one.validFrom <= date)
    .sort((one, other) => one.validFrom.localeCompare(other.validFrom))
    .at(-1);
  return valid ? valid.cycle[(dayNumber(date) - dayNumber(valid.validFrom)) % valid.cycle.length]! : [];
}

/** The shifts that begin on a day. */
export const shiftsOn = (definition: Definition, date: string): Shift[] =>
  definition.exceptions?.find(one => one.date === date)?.shifts ?? patternOn(definition, date);

const isSame = (one: Shift[], other: Shift[]) => JSON.stringify(one) === JSON.stringify(other);

/** With other shifts on a day; none: closed. What the pattern says anyway is no exception. */
export function withShifts(definition: Definition, date: string, shifts: Shift[]): Definition {
  const others = (definition.exceptions ?? []).filter(one => one.date !== date);
  const exceptions = isSame(shifts, patternOn(definition, date)) ? others : [...others, { date, shifts }];
  return { ...definition, exceptions: exceptions.sort((one, other) => one.date.localeCompare(other.date)) };
}

/** All shifts that a calendar knows, each once, in the order of their starts. */
export const shiftsOf = ({ patterns, exceptions }: Definition): Shift[] => [
  ...new Map(
    [...patterns.flatMap(one => one.cycle.flat()), ...(exceptions ?? []).flatMap(one => one.shifts)]
      .sort((one, other) => one.start.localeCompare(other.start))
      .map(shift => [JSON.stringify(shift), shift]),
  ).values(),
];

const LOOK_BACK = 35;

/** What is worked where a day that is closed is worked: the shifts of the last day before that has any. */
export function usualBefore(definition: Definition, date: string): Shift[] {
  for (let back = 1; back <= LOOK_BACK; back++) {
    const shifts = patternOn(definition, dayAfter(date, -back));
    if (shifts.length > 0) return shifts;
  }
  return [];
}
