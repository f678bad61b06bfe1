import { describe, expect, it } from 'vitest';
import { switchLanguage } from '@/lib/text';
import { bestOf, changeInWords, fateOf, ROWS, utilizationOf, type Change, type Figures } from './scenario';

const change = (kind: Change['kind'], more: Partial<Change> = {}): Change => ({
  kind,
  calendar: null,
  shift: null,
  day: null,
  equipment: null,
  like: null,
  product: null,
  orderId: null,
  operationId: null,
  from: null,
  until: null,
  priority: null,
  quantity: null,
  ...more,
});
const names = new Map([['id-1', 'WO-7']]);
const figures = (lateOrders: number, busy: number) =>
  ({
    plan: { lateOrders },
    equipment: [{ equipment: 'a', busySeconds: busy, openSeconds: 100, utilization: 0 }],
    moved: 0,
  }) as unknown as Figures;

describe('A change of a scenario', () => {
  it('is a sentence with names, and no identity in it', () => {
    switchLanguage('en');
    expect(changeInWords(change('SetPriority', { orderId: 'id-1', priority: 7 }), names)).toBe('Order WO-7 gets priority 7');
    expect(changeInWords(change('SetPriority', { orderId: 'gone', priority: 7 }), names)).not.toContain('gone');
    expect(
      changeInWords(change('AddShift', { calendar: 'day', shift: { day: 'Saturday', from: '08:00:00', minutes: 240 } }), names),
    ).toBe('Calendar day gets a shift: Saturday from 08:00 for 4 h');
    expect(changeInWords(change('AddOrder', { product: 'P', quantity: 5 }), names)).toBe('A new order is placed: 5 × P');
    switchLanguage('zh-CN');
    expect(changeInWords(change('CloseDay', { calendar: 'day', day: '2026-12-24' }), names)).toBe(
      '日历 day 在 2026-12-24 不上班',
    );
  });
  it('is taken over, needed before or left behind when the scenario is promoted', () => {
    expect(fateOf({ kind: 'Lock' })).toBe('taken');
    expect(fateOf({ kind: 'AddShift' })).toBe('needed');
    expect(fateOf({ kind: 'AddOrder' })).toBe('left');
  });
});

describe('Scenarios side by side', () => {
  const late = ROWS.find(row => row.member === 'lateOrders')!;
  const use = ROWS.find(row => row.member === 'utilization')!;
  it('mark the best of each row', () => {
    expect([...bestOf(late, [figures(3, 10), figures(1, 10), figures(1, 20)])]).toEqual([1, 2]);
    expect([...bestOf(use, [figures(3, 10), figures(1, 20)])]).toEqual([1]);
  });
  it('mark none where all are alike, or none is better', () => {
    expect(bestOf(late, [figures(1, 10), figures(1, 10)]).size).toBe(0);
    expect(
      bestOf(
        ROWS.find(row => row.member === 'moved')!,
        [figures(1, 1), { ...figures(1, 1), moved: 9 }],
      ).size,
    ).toBe(0);
  });
  it('take the equipment together', () => {
    expect(utilizationOf(figures(0, 25))).toBe(0.25);
    expect(utilizationOf({ equipment: [] })).toBe(0);
  });
});
