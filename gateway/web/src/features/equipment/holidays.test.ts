import { describe, expect, it } from 'vitest';
import { exceptionsOf, HOLIDAYS, merged, readDates, ROTATIONS } from './holidays';

const patterns = [{ validFrom: '2025-01-06', cycle: ROTATIONS.twoShifts!.cycle }];

describe('Holidays', () => {
  it('close the days of the notice, and work its weekends as a Monday', () => {
    const made = exceptionsOf(HOLIDAYS['cn-2026']!, patterns);
    expect(made.filter(one => one.shifts.length === 0)).toHaveLength(3 + 9 + 3 + 5 + 3 + 3 + 7);
    expect(made.find(one => one.date === '2026-10-10')!.shifts.map(one => one.code)).toEqual(['Early', 'Late']);
    expect(made.filter(one => one.shifts.length > 0)).toHaveLength(6);
  });

  it('work no weekend more where the pattern works it anyway', () => {
    const always = [{ validFrom: '2025-01-06', cycle: ROTATIONS.always!.cycle }];
    expect(exceptionsOf(HOLIDAYS['cn-2026']!, always).filter(one => one.shifts.length > 0)).toEqual([]);
  });

  it('are read as people write them; what is no date is told', () => {
    const read = readDates('2026-12-30\n2027/1/1、2027年2月5日至2027年2月7日\n2027-02-30\nsoon');
    expect(read.dates).toEqual(['2026-12-30', '2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07']);
    expect(read.wrong).toEqual(['2027-02-30', 'soon']);
  });

  it('leave alone what was decided already', () => {
    const own = { date: '2026-05-01', shifts: patterns[0]!.cycle[0]! };
    expect(
      merged(
        [own],
        [
          { date: '2026-05-01', shifts: [] },
          { date: '2026-01-01', shifts: [] },
        ],
      ),
    ).toEqual([{ date: '2026-01-01', shifts: [] }, own]);
  });
});

describe('Rotating patterns', () => {
  it.each([
    ['fourOnTwoOff', 6, 4],
    ['byWeeks', 21, 15],
    ['fourCrews', 8, 6],
  ])('%s repeat after days: %d', (name, length, worked) => {
    const { cycle } = ROTATIONS[name]!;
    expect([cycle.length, cycle.filter(day => day.length > 0).length]).toEqual([length, worked]);
  });
});
