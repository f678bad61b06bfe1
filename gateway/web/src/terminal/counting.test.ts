import { describe, expect, it } from 'vitest';
import { piecesOf, press, restOf } from './counting';

const typed = (...keys: string[]) => keys.reduce((so, key) => press(so, key), { text: '', isProposed: false }).text;

describe('The keypad', () => {
  it.each([
    [['1', '2'], '12'],
    [['0', '5'], '5'],
    [['2', '.', '5', '0'], '2.50'],
    [['.', '.', '5'], '0.5'],
    [['1', 'Backspace'], ''],
    [['+1', '+1', '+10'], '12'],
    [['.', '1', '+1'], '1.1'],
    [['x', '3'], '3'],
  ])('%o gives %s', (keys, text) => expect(typed(...keys)).toBe(text));

  it('replaces what was proposed, and adds to it', () => {
    expect(press({ text: '78', isProposed: true }, '5').text).toBe('5');
    expect(press({ text: '78', isProposed: true }, '+1').text).toBe('79');
  });
});

describe('The rest', () => {
  it('is what is open less what is reported otherwise', () => {
    expect(restOf(80, 2, 1)).toBe(77);
    expect(restOf(0.3, 0.1)).toBe(0.2);
    expect(restOf(1, 2)).toBe(0);
  });
});

describe('A counter', () => {
  it.each([
    ['100', '178', 78],
    ['5', '5', 0],
    ['99990', '00012', 22],
    ['178', '100', null],
    ['', '100', null],
    ['1', '', null],
  ])('from %s to %s: %s', (from, to, pieces) => expect(piecesOf(from, to)).toBe(pieces));
});
