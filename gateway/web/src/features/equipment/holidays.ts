import { dayAfter, type Definition, patternOn, type Shift, weekDayOf } from '@/lib/shiftCalendar';
import type { Text } from '@/lib/text';

/** Public holidays of a year, and the days of a weekend that are worked for them. */
export interface HolidayList {
  name: Text;
  origin: Text;
  days: readonly (readonly [from: string, to: string])[];
  worked: readonly string[];
}

/** Of a later year a list comes here once it is published; until then only the days that the law itself names. */
export const HOLIDAYS: Readonly<Record<string, HolidayList>> = {
  'cn-2026': {
    name: ['中国 2026 年节假日', 'China 2026'],
    origin: [
      '来源：《国务院办公厅关于2026年部分节假日安排的通知》（2025年11月4日）',
      'Origin: notice of the General Office of the State Council on the holidays of 2026, 4 November 2025',
    ],
    days: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
  'cn-2027': {
    name: ['中国 2027 年法定假日', 'China 2027, by law alone'],
    origin: [
      '来源：《全国年节及纪念日放假办法》所列法定假日；不含国务院通知的调休与连休，请按通知补充。',
      'Origin: the days that the regulation on public holidays itself names; without the bridge days and worked weekends of the yearly notice, to be added from it.',
    ],
    days: [
      ['2027-01-01', '2027-01-01'],
      ['2027-02-05', '2027-02-08'],
      ['2027-04-05', '2027-04-05'],
      ['2027-05-01', '2027-05-02'],
      ['2027-06-09', '2027-06-09'],
      ['2027-09-15', '2027-09-15'],
      ['2027-10-01', '2027-10-03'],
    ],
    worked: [],
  },
};

const DAYS_MAX = 400;
const datesOf = (from: string, to: string) => {
  const dates: string[] = [];
  for (let date = from; date <= to && dates.length < DAYS_MAX; date = dayAfter(date, 1)) dates.push(date);
  return dates;
};

export interface Exception {
  date: string;
  shifts: Shift[];
}

/** The exceptions that a list makes: closed days, and worked weekends with the shifts of the Monday after or before. */
export function exceptionsOf({ days, worked }: HolidayList, patterns: Definition['patterns']): Exception[] {
  const closed = days.flatMap(([from, to]) => datesOf(from, to));
  return [
    ...closed.map(date => ({ date, shifts: [] })),
    ...worked.map(date => ({ date, shifts: patternOn({ patterns }, dayAfter(date, 1 - weekDayOf(date))) })),
  ]
    .filter(({ date, shifts }) => shifts.length === 0 || patternOn({ patterns }, date).length === 0)
    .sort((one, other) => one.date.localeCompare(other.date));
}

const DATE = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const LINE = new RegExp(`^${DATE}(?:\\s*(?:~|～|–|—|至|到|to|\\s-\\s)\\s*${DATE})?$`, 'i');

/** Dates as people write them, one or a span to a line; and the lines that are none. */
export function readDates(text: string): { dates: string[]; wrong: string[] } {
  const dates = new Set<string>();
  const wrong: string[] = [];
  for (const line of text.normalize('NFKC').split(/[\n\t,;、]+/)) {
    const written = line.trim();
    if (written === '') continue;
    const found = LINE.exec(written);
    const [from, to] = found ? [dateOf(found.slice(1, 4)), dateOf(found[4] ? found.slice(4, 7) : found.slice(1, 4))] : [];
    const span = from && to ? datesOf(from, to) : [];
    if (span.length === 0 || span.length >= DAYS_MAX) wrong.push(written);
    span.forEach(date => dates.add(date));
  }
  return { dates: [...dates].sort(), wrong };
}

/** Null where the calendar has no such day. */
function dateOf(parts: (string | undefined)[]): string | null {
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 'yyyy-mm-dd'.length) : null;
}

/** What is there already was decided by somebody, and stays. */
export const merged = (known: readonly Exception[], more: readonly Exception[]): Exception[] =>
  [...known, ...more.filter(({ date }) => !known.some(one => one.date === date))].sort((one, other) =>
    one.date.localeCompare(other.date),
  );

const shift = (code: string, start: string, end: string): Shift => ({ code, start, end, breaks: [] });
const [EARLY, LATE, NIGHT, DAY] = [
  shift('Early', '06:00', '14:00'),
  shift('Late', '14:00', '22:00'),
  shift('Night', '22:00', '06:00'),
  shift('Day', '08:00', '17:00'),
];
const days = (count: number, ...shifts: Shift[]) => Array.from({ length: count }, () => shifts);

/** Patterns that plants often have; their times are changed afterwards where they are others. */
export const ROTATIONS: Readonly<Record<string, { name: Text; cycle: Shift[][] }>> = {
  week: { name: ['五天工作周', 'Five days a week'], cycle: [...days(5, DAY), ...days(2)] },
  twoShifts: { name: ['五天两班', 'Five days, two shifts'], cycle: [...days(5, EARLY, LATE), ...days(2)] },
  always: { name: ['每天三班', 'Three shifts each day'], cycle: days(1, EARLY, LATE, NIGHT) },
  byWeeks: {
    name: ['早、中、晚按周轮换', 'Early, late and night by weeks'],
    cycle: [EARLY, LATE, NIGHT].flatMap(one => [...days(5, one), ...days(2)]),
  },
  fourOnTwoOff: { name: ['做四休二', 'Four on, two off'], cycle: [...days(4, DAY), ...days(2)] },
  fourCrews: {
    name: ['四班三运转的一个班', 'One of four crews: two early, two late, two night, two off'],
    cycle: [...days(2, EARLY), ...days(2, LATE), ...days(2, NIGHT), ...days(2)],
  },
};
