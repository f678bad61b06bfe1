import { describe, expect, it } from 'vitest';
import { nextStart } from './doNext';

const NOW = Date.parse('2026-12-01T08:00:00Z');
const card = (operationId: string, plannedStartAt: string | null, more: object = {}) => ({
  ...{ operationId, plannedStartAt, status: 'Waiting', work: [] as unknown[] },
  ...more,
});

describe('What is done next', () => {
  const running = card('r', '2026-12-01T07:00:00Z', { status: 'Started', work: [{}] });
  const first = card('a', '2026-12-01T09:00:00Z');
  const second = card('b', '2026-12-01T10:00:00Z');

  it('starts where the first that nobody has begun does', () => {
    expect(nextStart(second, [running, first, second], NOW)).toBe('2026-12-01T09:00:00.000Z');
    expect(nextStart(card('c', null), [running, first, second], NOW)).toBe('2026-12-01T09:00:00.000Z');
  });

  it('starts no earlier than it can be sent', () => {
    const late = card('a', '2026-12-01T06:00:00Z');
    expect(nextStart(second, [late, second], NOW)).toBe('2026-12-01T08:01:00.000Z');
  });

  it('is what is first already', () => {
    expect(nextStart(first, [running, first, second], NOW)).toBeNull();
    expect(nextStart(first, [first], NOW)).toBeNull();
  });
});
