import { describe, expect, it } from 'vitest';
import { isLate } from './late';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const [before, after, later] = ['2026-12-01T08:00:00Z', '2026-12-02T08:00:00Z', '2026-12-03T08:00:00Z'];

describe('An order is late', () => {
  it.each([
    ['where it is due before now', { status: 'Released', dueAt: before }, true],
    ['where it is planned to end after it is due', { status: 'Planned', dueAt: after, plannedEndAt: later }, true],
    ['on hold too', { status: 'OnHold', dueAt: before, plannedEndAt: null }, true],
    ['not where the plan keeps to it', { status: 'Released', dueAt: later, plannedEndAt: after }, false],
    ['not when it is closed', { status: 'ClosedShort', dueAt: before, plannedEndAt: later }, false],
    ['not when it is completed', { status: 'Completed', dueAt: before }, false],
    ['not without a due date', { status: 'Released', dueAt: null, plannedEndAt: later }, false],
  ])('%s', (_, order, late) => expect(isLate(order, NOW)).toBe(late));
});
