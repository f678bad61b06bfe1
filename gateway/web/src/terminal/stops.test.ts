import { describe, expect, it } from 'vitest';
import type * as api from './api';
import type { Entry } from './queue/entries';
import { cutsOf, isUnsaid, middleOf, moved, stopsWith } from './stops';

const at = (time: string) => `2026-12-01T${time}:00Z`;
const read = (id: string, reason: string | null, endedAt: string | null = null) =>
  ({ id, startedAt: at('08:00'), endedAt, withdrawnAt: null, parts: [{ startedAt: at('08:00'), endedAt, reason }] }) as api.Stop;
const entry = (made: Partial<Entry>) => ({ lane: 'unit T-1', state: 'waiting', about: {}, body: {}, ...made }) as Entry;
const classified = (made: Partial<Entry>) => entry({ verb: 'classify', workId: 'a', ...made });

describe('stopsWith', () => {
  it('shows a stop that has not arrived, with its reason and its end', () => {
    const begun = entry({ verb: 'stop', id: 'a', at: at('09:00') });
    expect(stopsWith([], [begun], 'T-1')).toEqual([
      { id: 'a', startedAt: at('09:00'), endedAt: null, parts: [{ from: at('09:00'), reason: null }] },
    ]);
    const ended = entry({ verb: 'endStop', workId: 'a', at: at('09:10') });
    const said = classified({ about: { reason: 'jam' } });
    expect(stopsWith([], [begun, ended, said], 'T-1')[0]).toMatchObject({
      endedAt: at('09:10'),
      parts: [{ from: at('09:00'), reason: 'jam' }],
    });
  });

  it('cuts a stop where another reason begins, and not twice at one instant', () => {
    const cut = (reason: string, time: string) => classified({ body: { splitAt: at(time) }, about: { reason } });
    const [stop] = stopsWith([read('a', 'jam')], [cut('tool', '08:30'), cut('power', '08:10'), cut('crane', '08:30')], 'T-1');
    expect(stop?.parts).toEqual([
      { from: at('08:00'), reason: 'jam' },
      { from: at('08:10'), reason: 'power' },
      { from: at('08:30'), reason: 'crane' },
    ]);
  });

  it('gives the whole stop one reason where it is not cut', () => {
    const stop = {
      ...read('a', 'jam'),
      parts: [read('a', 'jam').parts[0]!, { ...read('a', null).parts[0]!, startedAt: at('08:20') }],
    };
    expect(isUnsaid(stopsWith([stop], [], 'T-1')[0]!)).toBe(true);
    const [whole] = stopsWith([stop], [classified({ about: { reason: 'tool' } })], 'T-1');
    expect(whole?.parts).toEqual([{ from: at('08:00'), reason: 'tool' }]);
  });

  it('leaves out what is taken back, and what belongs to another unit', () => {
    expect(stopsWith([read('a', null)], [entry({ verb: 'undoStop', workId: 'a' })], 'T-1')).toEqual([]);
    expect(stopsWith([], [entry({ verb: 'stop', id: 'b', at: at('09:00') })], 'T-2')).toEqual([]);
  });
});

describe('where a stop can be cut', () => {
  const [ended] = stopsWith([read('a', 'jam', at('09:00'))], [], 'T-1');
  const [lasting] = stopsWith([read('a', 'jam')], [], 'T-1');

  it('is between its start and its end, or now', () => {
    const cuts = cutsOf(ended!, Date.parse(at('12:00')))!;
    expect(cuts).toEqual({ first: Date.parse(at('08:01')), last: Date.parse(at('08:59')) });
    expect(middleOf(ended!, cuts)).toBe(Date.parse(at('08:30')));
    const now = cutsOf(lasting!, Date.parse(at('08:20')) + 5_000)!;
    expect(middleOf(lasting!, now)).toBe(Date.parse(at('08:20')));
    expect(moved(now.last, -15, now)).toBe(Date.parse(at('08:05')));
    expect(moved(now.last, 5, now)).toBe(now.last);
    expect(moved(now.first, -1, now)).toBe(now.first);
  });

  it('is nowhere in one that is shorter than a minute', () => {
    expect(cutsOf(lasting!, Date.parse(at('08:00')) + 30_000)).toBeNull();
  });
});
