import type { Body } from '@/lib/api/api';
import type { Sheet } from '@/lib/import/plan';
import type { Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

type Definition = Body<'/api/equipment/calendars/{code}', 'put'>;
type Shift = Definition['patterns'][number]['cycle'][number][number];

/** A shift with the days on which it is, or a day on which there is none. */
interface Row {
  validFrom?: string;
  cycleDays?: number;
  /** Of the cycle, the first is 1; none means each. */
  days?: number[];
  /** An exception, instead of days. */
  date?: string;
  shift?: string;
  start?: string;
  end?: string;
  /** Such as `10:00-10:15`. */
  breaks?: string[];
}

const WEEK_DAYS = 7;
const CYCLE_DAYS_MAX = 366;
const text = { type: 'string', maxLength: 100 };
const time = { type: 'string', format: 'time' };
const date = { type: 'string', format: 'date' };
const count = { type: 'integer', minimum: 1, maximum: CYCLE_DAYS_MAX };

export const TITLES: Record<string, Text> = {
  code: ['日历', 'Calendar'],
  'shifts.cycleDays': ['周期天数', 'Days of the cycle'],
  'shifts.days': ['第几天', 'Days'],
};

/** A calendar as a sheet: a row for each shift, its days beside it. */
export const CALENDAR_SHEET: Sheet = {
  body: {
    required: ['zone'],
    properties: {
      zone: text,
      shifts: {
        type: 'array',
        items: {
          properties: {
            validFrom: date,
            cycleDays: count,
            days: { type: 'array', items: count },
            date,
            shift: text,
            start: time,
            end: time,
            breaks: { type: 'array', items: text },
          },
        },
      },
    },
  },
  toBody: ({ zone, shifts }) => toDefinition(zone as string, shifts as Row[]),
};

export function toDefinition(zone: string, rows: Row[]): Definition {
  const patterns = new Map<string, Row[]>();
  const exceptions = new Map<string, Shift[]>();
  let since = '';
  for (const row of rows) {
    since = row.validFrom ?? since; // said once, it holds for the rows below
    if (row.date) exceptions.set(row.date, [...(exceptions.get(row.date) ?? []), ...shiftsOf(row)]);
    else patterns.set(since, [...(patterns.get(since) ?? []), row]);
  }
  return {
    zone,
    patterns: [...patterns].map(([validFrom, own]) => ({ validFrom, cycle: cycleOf(own) })),
    exceptions: [...exceptions].map(([day, shifts]) => ({ date: day, shifts })),
  };
}

/** As many days as are said, else whole weeks. */
function cycleOf(rows: Row[]): Shift[][] {
  const last = Math.max(1, ...rows.flatMap(row => row.days ?? []));
  const length = rows.find(row => row.cycleDays)?.cycleDays ?? Math.ceil(last / WEEK_DAYS) * WEEK_DAYS;
  return Array.from({ length: Math.max(length, last) }, (_, index) =>
    rows.filter(({ days }) => !days?.length || days.includes(index + 1)).flatMap(shiftsOf),
  );
}

const shiftsOf = ({ shift, start, end, breaks = [] }: Row): Shift[] =>
  shift === undefined ? [] : [{ code: shift, start: start ?? '', end: end ?? '', breaks: breaks.map(breakOf) }];

function breakOf(written: string) {
  const [start = '', end = ''] = written.split(/[-–~～]/).map(one => one.trim());
  return { start, end };
}

/** The rows of a calendar, from which it is read again. */
export function rowsOf({ code, definition }: { code: string; definition: Definition }): Record<string, unknown>[] {
  const { zone, patterns, exceptions } = definition;
  return [
    ...patterns.flatMap(({ validFrom, cycle }) => {
      const cycleDays = cycle.length === WEEK_DAYS ? undefined : cycle.length;
      const shifts = [...new Map(cycle.flat().map(shift => [JSON.stringify(shift), shift])).entries()];
      return shifts.length === 0
        ? [{ validFrom, cycleDays }]
        : shifts.map(([key, shift]) => ({ validFrom, cycleDays, days: daysOf(cycle, key), ...cellsOf(shift) }));
    }),
    ...(exceptions ?? []).flatMap(({ date: day, shifts }) =>
      shifts.length === 0 ? [{ date: day }] : shifts.map(shift => ({ date: day, ...cellsOf(shift) })),
    ),
  ].map(row => ({ code, zone, ...row }));
}

const daysOf = (cycle: Shift[][], key: string) =>
  cycle.flatMap((day, index) => (day.some(shift => JSON.stringify(shift) === key) ? [index + 1] : []));

const cellsOf = ({ code, start, end, breaks }: Shift) => ({
  shift: code,
  start,
  end,
  breaks: (breaks ?? []).map(one => `${one.start}-${one.end}`),
});

/** The columns of the sheet. */
export const COLUMNS = ['code', 'zone', 'validFrom', 'cycleDays', 'days', 'date', 'shift', 'start', 'end', 'breaks'].map(
  member => ({
    member,
    title: TITLES[member] ?? TITLES[`shifts.${member}`] ?? nameOf(member),
    schema: {},
  }),
);
