import { describe, expect, it } from 'vitest';
import { pastOf, stretchesOf, type PlannedAndActual, type WorkedTime } from './past';
import { pastAt } from './paintPast';
import { HOUR } from './axis';
import { Plan } from './plan';
import { HEAD, LEFT, ROW, View } from './view';

const BEGIN = Date.parse('2026-03-02T08:00:00Z');
const at = (hours: number) => new Date(BEGIN + hours * HOUR).toISOString();
const worked = (from: number, to: number | null, more: Partial<WorkedTime> = {}): WorkedTime => ({
  equipment: 'M1',
  operationId: 'op',
  orderId: 'order',
  order: 'WO-1',
  operation: '10',
  product: 'P',
  setupFamily: null,
  startsAt: at(from),
  endsAt: to === null ? null : at(to),
  ...more,
});
const planned = (from: number, to: number): PlannedAndActual => ({
  day: '2026-03-02',
  operationId: 'op',
  orderId: 'order',
  order: 'WO-1',
  operation: '10',
  product: 'P',
  equipment: 'M1',
  startsAt: at(from),
  endsAt: at(to),
  workedEquipment: null,
  workedFrom: null,
  workedTo: null,
  outcome: 'Unfinished',
});

describe('what happened', () => {
  it('joins reports of one operation that follow each other', () => {
    const stretches = stretchesOf([worked(0, 1), worked(1, 2), worked(3, 4)], BEGIN);
    expect(stretches.map(({ start, end }) => [start - BEGIN, end - BEGIN])).toEqual([
      [0, 2 * HOUR],
      [3 * HOUR, 4 * HOUR],
    ]);
  });

  it('keeps apart what was worked on different units or operations', () => {
    const times = [worked(0, 1), worked(1, 2, { equipment: 'M2' }), worked(2, 3, { operationId: 'other' })];
    expect(stretchesOf(times, BEGIN)).toHaveLength(3);
  });

  it('reaches to now where work is under way', () => {
    const [one] = stretchesOf([worked(0, 1), worked(1, null)], BEGIN + 5 * HOUR);
    expect([one!.end - BEGIN, one!.isUnderWay, one!.isRunning]).toEqual([5 * HOUR, true, true]);
  });

  it('is found by its place: above what was planned, below what was worked', () => {
    const past = pastOf([planned(0, 2)], [worked(1, 3)], BEGIN + 4 * HOUR);
    const plan = new Plan();
    const unit = { equipment: 'M1', name: null, workCenter: null, open: null, isDown: false, downUntil: null };
    plan.arrange('equipment', [unit], BEGIN, () => true);
    const view = new View(plan, BEGIN, 10 * HOUR);
    [view.width, view.height] = [LEFT + 1000, 400];
    const x = view.x(BEGIN + 1.5 * HOUR);
    expect(pastAt(view, past, x, HEAD + 4)).toHaveProperty('line.order', 'WO-1');
    expect(pastAt(view, past, x, HEAD + ROW - 6)).toHaveProperty('order', 'WO-1');
    expect(pastAt(view, past, view.x(BEGIN + 2.5 * HOUR), HEAD + 4)).toBeNull();
    expect(past.worked.get('order')).toHaveLength(1);
  });
});
