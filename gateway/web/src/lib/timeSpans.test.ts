import { beforeEach, describe, expect, it } from 'vitest';
import { switchLanguage } from './text';
import { secondsOf, spanOf, titleOf } from './timeSpans';

describe('A span of time', () => {
  beforeEach(() => switchLanguage('en'));

  it.each([
    [0, '0'],
    [0.25, '0.25 s'],
    [90, '1 min 30 s'],
    [120, '2 min'],
    [3_599.6, '60 min'],
    [4_800, '1 h 20 min'],
    [172_799, '48 h'],
    [90 * 3_600, '3 d 18 h'],
    [-90, '−1 min 30 s'],
  ])('of %d s is said as %s', (seconds, text) => expect(spanOf(seconds)).toBe(text));

  it('is said in both languages', () => {
    switchLanguage('zh-CN');
    expect(spanOf(4_800)).toBe('1 小时 20 分');
  });

  it.each([
    ['setupSeconds', 60, 60],
    ['runSecondsPerUnit', 5, 5],
    ['minutesWithin', 5, 300],
    ['items', 5, null],
    ['labourMinutes', 2, 120],
    ['clockSkewMs', 1500, 1.5],
    ['quantity', 5, null],
    ['setupSeconds', null, null],
  ])('is known by its member: %s', (member, value, seconds) => expect(secondsOf(member, value)).toBe(seconds));

  it('leaves the unit out of the name', () => {
    expect(titleOf('setupSeconds')).toEqual(['调试', 'Setup']);
    expect(titleOf('deviationMinutes')).toEqual(['偏差重排', 'Replan at a deviation of']);
    expect(titleOf('quantity')[1]).toBe('Quantity');
  });
});
