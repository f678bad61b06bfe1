import { describe, expect, it } from 'vitest';
import { bestFirst, matchOf, type Option } from './lookupMatch';

const option = (value: string, name: string, code = value): Option => ({ value, code, name, label: `${code} · ${name}` });
const reasons = [option('SPINDLE', 'Spindle'), option('TOOL-BREAK', 'Broken tool'), option('TOOL-WEAR', 'Worn tool')];
const orders = [option('id-1', 'RV-001', 'RV-001'), option('id-2', 'RV-001B', 'RV-001B')];

describe('A typed text', () => {
  it.each([
    ['its code', reasons, 'SPINDLE', 'SPINDLE'],
    ['its code in small letters', reasons, 'spindle', 'SPINDLE'],
    ['its name', reasons, 'Worn tool', 'TOOL-WEAR'],
    ['what it alone begins with', reasons, 'spi', 'SPINDLE'],
    ['what it alone has within', reasons, 'broken', 'TOOL-BREAK'],
    ['its number, though another begins alike', orders, 'RV-001', 'id-1'],
    ['the other number', orders, 'rv-001b', 'id-2'],
  ])('means an option by %s', (_, options, typed, value) => expect(matchOf(options, typed)).toBe(value));

  it.each([
    ['several begin with it', reasons, 'tool'],
    ['none has it', reasons, 'flood'],
    ['it is empty', reasons, ' '],
  ])('means none where %s', (_, options, typed) => expect(matchOf(options, typed)).toBeUndefined());
});

it('puts what is called as was typed first', () => {
  expect(bestFirst(orders.toReversed(), 'rv-001').map(one => one.value)).toEqual(['id-1', 'id-2']);
});
