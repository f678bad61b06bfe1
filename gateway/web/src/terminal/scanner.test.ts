import { describe, expect, it } from 'vitest';
import { meaningOf } from './scanned';
import { Burst } from './scanner';

function typed(keys: string[], everyMs: number) {
  const burst = new Burst();
  return keys.map((key, at) => burst.take(key, 1000 + at * everyMs)).at(-1);
}

describe('A wedge scanner', () => {
  it.each([
    [[...'WO-1', 'Enter'], 8, 'WO-1'],
    [[...'WO-1', 'Enter'], 200, null],
    [[...'12', 'Enter'], 8, null],
    [['Shift', ...'B-7', 'Tab'], 8, 'B-7'],
  ])('%o every %i ms: %s', (keys, everyMs, code) => expect(typed(keys, everyMs)).toBe(code));
});

describe('A scan', () => {
  const GTIN = '09506000134352';
  const id = '018f0000-0000-7000-8000-000000000010';
  it.each([
    ['B-7', 'signOn', { kind: 'badge', code: 'B-7' }],
    ['wo-1', 'list', { kind: 'order', order: 'WO-1' }],
    [`https://mes.example/orders/${id}`, 'list', { kind: 'orderId', id }],
    ['L-1', 'sheet', { kind: 'lot', lot: 'L-1' }],
    [`]d201${GTIN}10L7`, 'sheet', { kind: 'lot', lot: 'L7' }],
    [`https://mes.example/01/${GTIN}/21/S7`, 'sheet', { kind: 'lot', lot: 'S7' }],
  ] as const)('%s at the %s', (code, at, meaning) => expect(meaningOf(code, at, ['WO-1'])).toEqual(meaning));

  it.each([
    ['WO-2', 'list', /Expected: an order of the list, its traveller, or a badge/],
    [`]C110L`, 'list', /A lot is scanned while a report is open/],
    ['WO-1', 'sheet', /A lot or serial number was expected: this is the order/],
    [`]C101${GTIN}`, 'sheet', /A lot or serial number was expected/],
    [`]C101${GTIN.slice(0, 13)}3`, 'sheet', /check digit/],
  ] as const)('%s at the %s says what was expected', (code, at, words) => {
    const meaning = meaningOf(code, at, ['WO-1']);
    expect(meaning.kind === 'wrong' && meaning.text[1]).toMatch(words);
  });
});
