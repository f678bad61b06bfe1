import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { number, switchLanguage } from '../text';
import { sayingOf } from './sayings';
import { VALUES } from './values';
import { valueOf } from './words';

afterEach(() => switchLanguage('en'));

describe('What the services write by themselves', () => {
  it.each([
    ['INS-000142 has failed', 'INS-000142 不合格'],
    ['INS-000148 must be passed first', '须先通过 INS-000148'],
    ['merged into RV-001', '已并入 RV-001'],
    ['Receiving area', '收货区'],
    ['a customer asked for it', 'a customer asked for it'],
  ])('is said in Chinese: %s', (written, said) => {
    switchLanguage('zh-CN');
    expect(sayingOf(written)).toBe(said);
  });

  it('has words for how a plan was found, whatever its rule', () => {
    switchLanguage('zh-CN');
    expect(['asked', 'ruin and recreate', 'list scheduling, earliest due'].map(one => valueOf(one))).toEqual([
      '人工请求',
      '破坏重建',
      '按规则排序',
    ]);
  });

  it('has words for each event that a plan answers', () => {
    const kinds = [
      ...readFileSync('../../services/Scheduling/Data/PlanningEvents.cs', 'utf8').matchAll(/const string \w+ = "(.+)"/g),
    ];
    expect(kinds.length).toBeGreaterThan(5);
    expect(kinds.map(kind => kind[1]!).filter(kind => !VALUES[kind])).toEqual([]);
  });

  it('has words for each of several', () => expect(valueOf('breakdown, progress')).toBe('Breakdown, Progress'));
});

describe('A number', () => {
  it.each([
    [0.0075, '0.0075'],
    [0.000001, '0.000001'],
    [12, '12'],
    [1234.5, '1,234.5'],
  ])('%s keeps the digits that were entered', (value, text) => expect(number(value)).toBe(text));
});
