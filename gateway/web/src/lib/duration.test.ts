import { beforeEach, describe, expect, it } from 'vitest';
import { durationOf, parseDuration, secondsOf, spanOf, titleOf, writtenDuration } from './duration';
import { switchLanguage } from './text';

describe('A time as people write it', () => {
  it.each([
    ['90', 90],
    ['90 s', 90],
    ['90s', 90],
    ['90秒', 90],
    ['1:30', 90],
    ['1：30', 90],
    ['0:05', 5],
    ['90:00', 5400],
    ['1:02:30', 3750],
    ['1:30.5', 90.5],
    ['1.5 min', 90],
    ['1,5 min', 90],
    ['1.5分', 90],
    ['1分30秒', 90],
    ['1 min 30 s', 90],
    ['1 min 30', 90],
    ['2 h', 7200],
    ['1h30', 5400],
    ['1 h 30 min', 5400],
    ['1小时30分', 5400],
    ['.5 min', 30],
    ['0', 0],
    ['１５ s', 15],
    ['  12.3456789 ', 12.345679],
  ])('%s is %d seconds', (written, seconds) => expect(parseDuration(written)).toBe(seconds));

  it.each(['', ' ', 'soon', '-5', '1:75', '1:60:00', '1 min 2 h', '5 kg', '1.2.3', ':30', 's'])('%s is none', written => {
    expect(parseDuration(written)).toBeNull();
  });

  it('is read again as it was written', () => {
    for (const seconds of [0, 0.25, 5, 59.999999, 60, 90, 90.5, 3599, 3600, 3605, 86_399, 1_000_000])
      expect(parseDuration(writtenDuration(seconds)), writtenDuration(seconds)).toBe(seconds);
  });

  it('is said in the language of now', () => {
    switchLanguage('en');
    expect(durationOf(3725)).toBe('1 h 2 min 5 s');
    expect(durationOf(0)).toBe('0 s');
    switchLanguage('zh-CN');
    expect(durationOf(90.5)).toBe('1 分 30.5 秒');
    switchLanguage('en');
  });
});

describe('A span of time', () => {
  beforeEach(() => switchLanguage('en'));

  it.each([
    [0, '0 s'],
    [0.25, '0.25 s'],
    [90, '1 min 30 s'],
    [120, '2 min'],
    [61.5, '1 min 1.5 s'],
    [3_599.999, '1 h'],
    [3_600, '1 h'],
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
