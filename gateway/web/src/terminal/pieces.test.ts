import { describe, expect, it } from 'vitest';
import type { Piece } from './api';
import { countOf, refusalOf, toggled } from './pieces';

const piece = (serial: string, state: Piece['state'] = 'UnderWay', operationIds: string[] = []): Piece => ({
  ...{ serial, state, operationIds, sequence: 1, allottedAt: '2026-12-01T08:00:00Z' },
});
const PIECES = [piece('S1', 'Finished', ['turn']), piece('S2'), piece('S3', 'Scrapped'), piece('S4', 'BuiltIn'), piece('S5')];

describe('A serial number that is scanned', () => {
  it.each([
    ['S2', false, null],
    ['S1', true, null],
    ['S1', false, /was reported here before.*S2, S5/],
    ['S3', true, /is rejected/],
    ['S4', false, /was built in/],
    ['X', false, /X is no piece of this order. Expected: S2, S5/],
  ] as const)('%s (rework: %s) says what was expected where it is wrong', (code, isRework, words) => {
    const wrong = refusalOf(code, PIECES, 'turn', isRework);
    if (words === null) return expect(wrong).toBeNull();
    const said = wrong!.text[1].replace('{code}', wrong!.values.code).replace('{expected}', wrong!.values.expected);
    expect(said).toMatch(words);
  });
});

describe('Pieces that are named', () => {
  it('have one result each, and are taken out by the same again', () => {
    const good = toggled(toggled([], { serial: 'S2', result: 'Good' }), { serial: 'S5', result: 'Good' });
    const changed = toggled(good, { serial: 'S2', result: 'Scrap' });
    expect([countOf(changed, 'Good'), countOf(changed, 'Scrap')]).toEqual([1, 1]);
    expect(toggled(changed, { serial: 'S2', result: 'Scrap' })).toEqual([{ serial: 'S5', result: 'Good' }]);
  });
});
