import { describe, expect, it } from 'vitest';
import { keyOf, sumsOf, within, type Kept } from './adherence';

const row = (day: string, equipment: string, planned: number, kept: number): Kept => ({
  day,
  equipment,
  planVersion: 1,
  planned,
  kept,
  elsewhere: 0,
  tooLate: 0,
  unfinished: planned - kept,
  adherence: planned === 0 ? null : kept / planned,
});

describe('Adherence', () => {
  it('is summed for each unit and for the plant, by counts and not by shares', () => {
    const sums = sumsOf([row('2026-03-02', 'M1', 9, 9), row('2026-03-02', 'M2', 1, 0), row('2026-03-03', 'M1', 2, 1)]);
    expect(sums.get(keyOf('2026-03-02', 'M1'))).toEqual({ planned: 9, kept: 9 });
    expect(sums.get(keyOf('2026-03-02', null))).toEqual({ planned: 10, kept: 9 });
    expect(sums.get(keyOf('2026-03-03', null))).toEqual({ planned: 2, kept: 1 });
    expect(sums.has(keyOf('2026-03-03', 'M2'))).toBe(false);
  });

  it('is shown of the last days that there are', () => {
    const rows = ['2026-02-23', '2026-02-24', '2026-03-02'].map(day => row(day, 'M1', 1, 1));
    expect(within(rows, 7).map(({ day }) => day)).toEqual(['2026-02-24', '2026-03-02']);
    expect(within([], 7)).toEqual([]);
  });
});
