import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';
import { definitionOf, skillsOf, stateOf } from './skills';

const day = (text: string) => dayjs(text);

describe('A skill', () => {
  it('is valid to the end of its last day', () => {
    const { skills, expiries } = definitionOf([{ equipment: 'LATHE' }, { equipment: 'GRIND', until: day('2026-12-31') }]);
    expect(skills).toEqual(['LATHE', 'GRIND']);
    expect(expiries).toEqual([{ equipment: 'GRIND', expiresAt: day('2027-01-01').toISOString() }]);
  });

  it('is read as it was entered', () => {
    const entered = [
      { equipment: 'LATHE', until: undefined },
      { equipment: 'GRIND', until: day('2026-12-31') },
    ];
    const read = skillsOf(definitionOf(entered));
    expect(read.map(one => [one.equipment, one.until?.format('YYYY-MM-DD')])).toEqual([
      ['LATHE', undefined],
      ['GRIND', '2026-12-31'],
    ]);
  });

  it('stands once, by what was entered last, and not without its equipment', () => {
    const twice = [{ equipment: 'A' }, { equipment: 'A', until: day('2026-12-31') }, { equipment: '' }];
    expect(definitionOf(twice).skills).toEqual(['A']);
    expect(definitionOf(twice).expiries).toHaveLength(1);
  });

  it.each([
    ['2026-11-30', 'over'],
    ['2026-12-01', 'soon'],
    ['2026-12-30', 'soon'],
    ['2027-03-01', 'valid'],
    [null, 'valid'],
  ])('until %s is %s', (until, state) => expect(stateOf(until ? day(until) : null, dayjs('2026-12-01T10:00'))).toBe(state));
});
