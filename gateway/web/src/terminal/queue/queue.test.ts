import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, serverClock } from '@/lib/api/client';
import type { Entry, NewEntry } from './entries';
import { Queue } from './queue';

let count = 0;
const made = (lane: string, more: Partial<NewEntry> = {}): NewEntry => ({
  id: `e${++count}`,
  verb: 'pause',
  operator: 'O',
  lane,
  path: '/x',
  body: {},
  timeMember: 'at',
  at: '2026-12-01T08:00:00.000Z',
  about: {},
  ...more,
});
const unreachable = () => new Problem(0, { code: 'unreachable' });
const refusal = (code: string) => new Problem(422, { code });

function setUp(answer: (id: string, body: Record<string, unknown>) => unknown = () => ({})) {
  const sent: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const kept = new Map<string, Entry>();
  const queue = new Queue({
    send: async (_path, body, id) => {
      await Promise.resolve();
      sent.push(id);
      bodies.push(body as Record<string, unknown>);
      return answer(id, body as Record<string, unknown>);
    },
    keep: async entry => void kept.set(entry.id, { ...entry }),
    forget: async ids => ids.forEach(id => kept.delete(id)),
    absent: () => undefined,
    over: () => undefined,
    now: () => Date.parse('2026-12-01T09:00:00.000Z'),
  });
  return { queue, sent, bodies, kept };
}
const settle = () => vi.advanceTimersByTimeAsync(200);
const states = (queue: Queue) => queue.entries.get().map(entry => entry.state);

beforeEach(() => {
  count = 0;
  serverClock.aheadMs = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('The queue', () => {
  it('sends in order in each lane, and lanes do not wait for each other', async () => {
    const { queue, sent } = setUp();
    for (const lane of ['A', 'A', 'B', 'A', 'B']) await queue.add(made(lane));
    await settle();
    expect(['e1', 'e2', 'e4'].map(id => sent.indexOf(id))).toEqual([...['e1', 'e2', 'e4'].map(id => sent.indexOf(id))].sort());
    expect(sent.indexOf('e3')).toBeLessThan(sent.indexOf('e5'));
    expect(states(queue)).toEqual(Array(5).fill('sent'));
  });

  it('sends again under the same id what got no answer, and nothing overtakes it', async () => {
    let isAway = true;
    const { queue, sent } = setUp(() => {
      if (isAway) throw unreachable();
      return {};
    });
    await queue.add(made('A'));
    await queue.add(made('A'));
    await settle();
    expect(new Set(sent)).toEqual(new Set(['e1']));
    expect(queue.isReached.get()).toBe(false);
    isAway = false;
    queue.wake();
    await settle();
    expect(sent.slice(-2)).toEqual(['e1', 'e2']);
    expect(states(queue)).toEqual(['sent', 'sent']);
  });

  it('goes on after a restart with what was kept', async () => {
    const first = setUp(() => {
      throw unreachable();
    });
    await first.queue.add(made('A', { verb: 'start', id: 'w' }));
    await first.queue.add(made('A', { workId: 'w' }));
    await settle();
    const second = setUp();
    second.queue.load([...first.kept.values()].sort((a, b) => a.seq - b.seq));
    await settle();
    expect(second.sent).toEqual(['w', 'e2']);
  });

  it('keeps what is refused, and holds what follows on a start that was', async () => {
    let isReady = false;
    const { queue, sent } = setUp(id => {
      if (id === 'w' && !isReady) throw refusal('operation-not-ready');
      return {};
    });
    await queue.add(made('A', { verb: 'start', id: 'w' }));
    await queue.add(made('A', { verb: 'report', workId: 'w' }));
    await queue.add(made('A'));
    await settle();
    expect(states(queue)).toEqual(['refused', 'waiting', 'sent']);
    isReady = true;
    queue.again('w');
    await settle();
    expect(states(queue)).toEqual(['sent', 'sent', 'sent']);
    expect(sent).toEqual(['w', 'e3', 'w', 'e2']);
  });

  it('lets what is of others through while somebody has to sign on again', async () => {
    let isBack = false;
    const { queue, sent } = setUp(id => {
      if (id === 'e1' && !isBack) throw new Problem(401, { code: 'not-signed-in' });
      return {};
    });
    await queue.add(made('A'));
    await queue.add(made('A', { operator: 'P' }));
    await settle();
    expect(states(queue)).toEqual(['waiting', 'sent']);
    isBack = true;
    queue.wake('O');
    await settle();
    expect(sent.at(-1)).toBe('e1');
  });

  it('sends a sign-off after all else of that person', async () => {
    const { queue, sent } = setUp();
    await Promise.all([
      queue.add(made('A')),
      queue.add(made('B')),
      queue.add(made('presence O', { verb: 'signOff' })),
      queue.add(made('C', { operator: 'P' })),
    ]);
    await settle();
    expect(sent.indexOf('e3')).toBeGreaterThan(Math.max(sent.indexOf('e1'), sent.indexOf('e2')));
  });

  it('takes back what was never sent, and nothing else', async () => {
    const { queue, sent } = setUp(() => {
      throw unreachable();
    });
    await queue.add(made('A'));
    await queue.add(made('A', { verb: 'start', id: 'w' }));
    await settle();
    expect(queue.takeBack('e1')).toBe(false);
    expect(queue.takeBack('w')).toBe(true);
    await settle();
    expect(sent).not.toContain('w');
    expect(states(queue)).toEqual(['waiting', 'takenBack']);
  });

  it('tells the time of the deed and that of the device, and puts right what the server does not', async () => {
    serverClock.aheadMs = 3_600_000;
    const { queue, bodies } = setUp();
    await queue.add(made('A'));
    await queue.add(made('B', { verb: 'report', timeMember: 'endedAt' }));
    await settle();
    expect(bodies).toContainEqual({ at: '2026-12-01T08:00:00.000Z', deviceTime: '2026-12-01T09:00:00.000Z' });
    expect(bodies).toContainEqual({ endedAt: '2026-12-01T09:00:00.000Z', deviceTime: '2026-12-01T09:00:00.000Z' });
  });

  it('drains a thousand', async () => {
    const { queue, sent } = setUp();
    for (let at = 0; at < 1000; at++) await queue.add(made(`lane ${at % 7}`));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(new Set(sent).size).toBe(1000);
    expect(queue.entries.get().every(entry => entry.state === 'sent')).toBe(true);
    expect(queue.entries.get().length).toBeLessThanOrEqual(240);
  });
});
