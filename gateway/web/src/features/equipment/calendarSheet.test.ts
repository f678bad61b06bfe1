import { describe, expect, it } from 'vitest';
import { columnsOf, membersOf, readRows, toCommand } from '@/lib/import/plan';
import { readText } from '@/lib/import/readTable';
import { csvOf } from '@/lib/tableFile';
import { CALENDAR_SHEET, COLUMNS, rowsOf, TITLES } from './calendarSheet';

const target = {
  method: 'put' as const,
  path: '/api/equipment/calendars/{code}',
  address: ['code'],
  lists: ['shifts'],
  titles: TITLES,
  sheet: CALENDAR_SHEET,
};
const members = membersOf(target);
const read = (text: string) => {
  const table = readText(text);
  return readRows(table, columnsOf(table, members), members, target);
};

const EARLY = { code: 'Early', start: '06:00', end: '14:00', breaks: [{ start: '10:00', end: '10:15' }] };
const LATE = { code: 'Late', start: '14:00', end: '22:00', breaks: [] };
const WEEK = {
  zone: 'Asia/Shanghai',
  patterns: [{ validFrom: '2026-01-05', cycle: [[EARLY, LATE], [EARLY], [], [], [], [], []] }],
};

describe('A sheet of shifts', () => {
  it('has a row for each shift, and its calendar is sent as one', () => {
    const rows = read(
      'Calendar\tTime zone\tValid from\tDays\tDate\tShift\tStart\tEnd\tBreaks\n' +
        'A\tAsia/Shanghai\t2026-01-05\t1,2\t\tEarly\t6:00\t14:00\t10:00-10:15\n' +
        'A\t\t\t1\t\tLate\t14:00\t22:00\t\n' +
        'A\t\t\t\t2026-10-01\t\t\t\t\n' +
        'B\tEurope/Berlin\t2026-01-05\t\t\tDay\t08:00\t16:30\t\n',
    );
    expect(rows.map(row => row.errors)).toEqual([{}, {}, {}, {}]);
    expect(toCommand(rows.slice(0, 3), target)).toMatchObject({
      path: { code: 'A' },
      body: { ...WEEK, exceptions: [{ date: '2026-10-01', shifts: [] }] },
    });
    const { body } = toCommand(rows.slice(3), target) as { body: typeof WEEK };
    expect(body.patterns[0]!.cycle.map(day => day.map(shift => shift.code))).toEqual(Array.from({ length: 7 }, () => ['Day']));
  });

  it('says in which cell a time is none, and holds back the rest of its calendar', () => {
    const rows = read('Calendar,Time zone,Shift,Start,End\nA,UTC,Early,6 o clock,14:00\nA,,Late,14:00,25:00\nB,UTC,Day,1,2');
    expect(rows.map(row => Object.keys(row.errors))).toEqual([['shifts.start'], ['shifts.end'], ['shifts.start', 'shifts.end']]);
  });

  it.each([
    [
      'a week with a holiday',
      {
        ...WEEK,
        exceptions: [
          { date: '2026-05-01', shifts: [] },
          { date: '2026-05-02', shifts: [LATE] },
        ],
      },
    ],
    [
      'shifts that change',
      { zone: 'UTC', patterns: [...WEEK.patterns, { validFrom: '2026-06-01', cycle: [[LATE]] }], exceptions: [] },
    ],
    [
      'crews that rotate',
      { zone: 'UTC', patterns: [{ validFrom: '2026-01-01', cycle: [[EARLY], [LATE], [], []] }], exceptions: [] },
    ],
    ['a plant that is closed', { zone: 'UTC', patterns: [{ validFrom: '2026-01-01', cycle: [[], []] }], exceptions: [] }],
  ])('is exported and read again: %s', async (_, definition) => {
    const sheet = await csvOf(rowsOf({ code: 'A', definition }), COLUMNS).text();
    const rows = read(sheet);
    expect(rows.map(row => row.errors)).toEqual(rows.map(() => ({})));
    expect(toCommand(rows, target).body).toEqual(definition);
  });
});
