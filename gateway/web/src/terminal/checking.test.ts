import { describe, expect, it } from 'vitest';
import type { Characteristic } from './api';
import { findingsOf, pressValue, toneOf } from './checking';

const none = { nominal: null, lowerLimit: null, upperLimit: null, lowerWarning: null, upperWarning: null };
const diameter: Characteristic = {
  ...{ code: 'D1', name: 'Diameter', type: 'Variable', unit: 'mm' },
  ...{ ...none, nominal: 20, lowerLimit: 19.9, upperLimit: 20.1 },
};
const burr: Characteristic = { ...none, code: 'B1', name: 'Burrs', type: 'Attribute', unit: null };

describe('A measured value', () => {
  it.each([
    [20, 'within'],
    [19.92, 'within'],
    [20.08, 'within'],
    [20.081, 'near'],
    [19.919, 'near'],
    [20.1, 'near'],
    [19.9, 'near'],
    [20.100001, 'out'],
    [19.89, 'out'],
  ] as const)('%d of 19.9 to 20.1 is %s', (value, tone) => expect(toneOf(diameter, value)).toBe(tone));

  it('is near where the plan warns, if it does', () => {
    const warned = { ...diameter, lowerWarning: 19.95, upperWarning: 20.05 };
    expect([19.94, 19.95, 20.05, 20.06].map(value => toneOf(warned, value))).toEqual(['near', 'within', 'within', 'near']);
  });

  it('with one limit is near it in the tenth of what lies between it and the nominal value', () => {
    const depth = { ...diameter, nominal: 10, lowerLimit: null, upperLimit: 11 };
    expect([-5, 10.9, 10.95, 11, 11.01].map(value => toneOf(depth, value))).toEqual(['within', 'within', 'near', 'near', 'out']);
    const least = { ...depth, nominal: null, lowerLimit: 3, upperLimit: null };
    expect([2.99, 3, 99].map(value => toneOf(least, value))).toEqual(['out', 'within', 'within']);
  });

  it.each([
    ['-', '0', '.', '0', '5', '-0.05'],
    ['1', '.', '5', '±', '±', '1.5'],
    ['7', '±', 'Backspace', 'Backspace', ''],
    ['0', '.', '1', '2', '3', '4', '5', '6', '7', '0.123456'],
  ])('is typed as %s %s %s …', (...keys) => {
    const text = keys.pop()!;
    const empty = { text: '', isProposed: false };
    expect(keys.reduce(pressValue, empty).text).toBe(text);
  });

  it('that the server has is replaced by the next key', () => {
    expect(pressValue({ text: '-20.1', isProposed: true }, '3')).toEqual({ text: '3', isProposed: false });
  });
});

describe('The findings', () => {
  it('are those that the server does not have; what is left is counted', () => {
    const typed = (text: string, isProposed = false) => ({ text, isProposed });
    const found = { '1 D1': typed('20.1'), '1 B1': typed('false'), '2 D1': typed('-'), '2 B1': typed('true', true) };
    expect(findingsOf([diameter, burr], 2, found)).toEqual({
      findings: [
        { sample: 1, characteristic: 'D1', value: 20.1 },
        { sample: 1, characteristic: 'B1', conforms: false },
      ],
      missing: 1,
    });
  });
});
