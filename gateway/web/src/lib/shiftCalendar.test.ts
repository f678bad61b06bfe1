import { describe, expect, it } from 'vitest';
import {
  dateIn,
  dayAfter,
  patternOn,
  shiftsOf,
  shiftsOn,
  usualBefore,
  weekDayOf,
  withShifts,
  type Definition,
} from './shiftCalendar';

const shift = (code: string, start: string, end: string) => ({ code, start, end, breaks: [] });
const [early, late] = [shift('early', '06:00', '14:00'), shift('late', '14:00', '22:00')];
const calendar: Definition = {
  zone: 'Asia/Shanghai',
  patterns: [
    { validFrom: '2026-01-05', cycle: [[early], [early], [early], [early], [early], [], []] },
    { validFrom: '2026-06-01', cycle: [[early], [late], []] },
  ],
  exceptions: [{ date: '2026-05-01', shifts: [] }],
};

describe('A shift calendar', () => {
  it.each([
    ['2026-01-04', []], // before it is valid
    ['2026-01-09', [early]],
    ['2026-01-10', []],
    ['2026-05-01', []],
    ['2026-06-02', [late]],
    ['2026-06-04', [early]],
  ])('has its shifts on %s', (date, shifts) => expect(shiftsOn(calendar, date)).toEqual(shifts));

  it('is closed and opened again for a day, and then as before', () => {
    const closed = withShifts(calendar, '2026-03-02', []);
    expect(closed.exceptions?.map(one => one.date)).toEqual(['2026-03-02', '2026-05-01']);
    expect(withShifts(closed, '2026-03-02', patternOn(calendar, '2026-03-02'))).toEqual(calendar);
  });

  it('offers for overtime what is usual, and all that it knows', () => {
    expect(usualBefore(calendar, '2026-01-11')).toEqual([early]);
    expect(usualBefore(calendar, '2026-01-05')).toEqual([]);
    expect(shiftsOf(calendar)).toEqual([early, late]);
  });

  it('counts days by the zone of the plant', () => {
    const instant = Date.parse('2026-03-01T17:00:00Z');
    expect([dateIn('Asia/Shanghai', instant), dateIn('UTC', instant)]).toEqual(['2026-03-02', '2026-03-01']);
    expect([dayAfter('2026-02-28', 1), weekDayOf('2026-03-02'), weekDayOf('2026-03-01')]).toEqual(['2026-03-01', 1, 7]);
  });
});
