import { describe, expect, it } from 'vitest';
import { switchLanguage } from '@/lib/text';
import { changesInWords, curveOf, elapsedOf, isUnderWay, latenessInWords, runToFollow, type Run } from './run';

const AT = Date.parse('2026-12-02T10:00:00Z');
const run = (id: string, status: Run['status'], more: Partial<Run> = {}) =>
  ({ id, status, scenarioId: null, notBefore: '2026-12-02T09:59:00Z', ...more }) as Run;
const step = (seconds: number, ...value: number[]) => ({
  seconds,
  value,
  bound: value,
  gap: 0,
  lateOrders: null,
  tardinessSeconds: null,
});

describe('The run that is followed', () => {
  it('is the one that runs, before those that wait, before the one that was asked for', () => {
    const runs = [run('new', 'Waiting'), run('old', 'Waiting'), run('now', 'Running'), run('mine', 'Done')];
    expect(runToFollow(runs, null, 'mine', AT)?.id).toBe('now');
    expect(runToFollow([runs[0]!, runs[1]!], null, 'mine', AT)?.id).toBe('old');
    expect(runToFollow([runs[3]!], null, 'mine', AT)?.id).toBe('mine');
    expect(runToFollow([runs[3]!], null, null, AT)).toBeNull();
  });
  it('is none of a scenario for production, and of no other scenario', () => {
    const runs = [run('other', 'Running', { scenarioId: 's1' })];
    expect(runToFollow(runs, null, null, AT)).toBeNull();
    expect(runToFollow(runs, 's2', null, AT)).toBeNull();
    expect(runToFollow(runs, 's1', null, AT)?.id).toBe('other');
  });
  it('is not under way while it waits to be tried again', () => {
    expect(isUnderWay(run('again', 'Waiting', { notBefore: '2026-12-02T10:00:05Z' }), AT)).toBe(false);
    expect(isUnderWay(run('now', 'Waiting'), AT)).toBe(true);
    expect(isUnderWay(run('over', 'Cancelled'), AT)).toBe(false);
  });
  it('has run since its start', () => {
    expect(elapsedOf({ startedAt: '2026-12-02T09:59:48Z' }, AT)).toBe(12);
    expect(elapsedOf({ startedAt: null }, AT)).toBe(0);
  });
});

describe('A plan in words', () => {
  it('says how late it is', () => {
    switchLanguage('en');
    expect(latenessInWords(0, 0)).toBe('No order is late');
    expect(latenessInWords(1, 3600)).toBe('1 order late by 1 h');
    expect(latenessInWords(3, 2 * 86_400)).toBe('3 orders late by 2 d together');
    expect(latenessInWords(null, null)).toBeNull();
  });
  it('says what changed, and nothing where no plan was made', () => {
    switchLanguage('en');
    expect(changesInWords({ moved: 5, becameLate: 0, noLongerLate: 2 })).toBe('operations moved: 5, no longer late: 2');
    expect(changesInWords({ moved: 0, becameLate: 0, noLongerLate: 0 })).toBe('nothing moved');
    expect(changesInWords({ moved: null, becameLate: null, noLongerLate: null })).toBe('');
    switchLanguage('zh-CN');
    expect(changesInWords({ moved: 5, becameLate: 1, noLongerLate: 0 })).toBe('移动工序 5 道，新延误工单 1 个');
  });
});

describe('The curve of the best value', () => {
  it('falls in steps and goes on level', () => {
    expect(curveOf([step(0, 100), step(5, 50)], 10, 100, 20)).toBe('0,0 50,0 50,20 100,20');
  });
  it('follows the first level on which something is gained', () => {
    expect(curveOf([step(0, 0, 80), step(5, 0, 40)], 10, 100, 20)).toBe('0,0 50,0 50,20 100,20');
  });
  it('is none before the first plan', () => {
    expect(curveOf([], 10, 100, 20)).toBe('');
  });
});
