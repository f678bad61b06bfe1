import { describe, expect, it } from 'vitest';
import { switchLanguage } from '@/lib/text';
import { bottleneckInWords, partsOf } from './promise';

describe('A promised date', () => {
  it('names what the order waits for, and how much of that is closed time', () => {
    switchLanguage('en');
    const bottleneck = { equipment: 'G-301', resource: null, waitSeconds: 2 * 3600, closedSeconds: 0 };
    expect(bottleneckInWords({ bottleneck })).toBe('The bottleneck is equipment G-301: the order waits there for 2 h');
    expect(bottleneckInWords({ bottleneck: { ...bottleneck, closedSeconds: 3600 } })).toContain('of which 1 h it is closed');
    expect(bottleneckInWords({ bottleneck: { ...bottleneck, equipment: null, resource: 'mould' } })).toContain('resource mould');
    expect(bottleneckInWords({ bottleneck: null })).toContain('No bottleneck');
  });
  it('shows waiting before working, one after the other', () => {
    const of = (ready: number, setup: number, end: number) => ({
      code: 'x',
      equipment: 'e',
      resource: null,
      waitsFor: 'Equipment',
      waitSeconds: 0,
      closedSeconds: 0,
      readyAt: new Date(ready).toISOString(),
      setupStartsAt: new Date(setup).toISOString(),
      startsAt: new Date(setup).toISOString(),
      endsAt: new Date(end).toISOString(),
    });
    expect(partsOf([of(0, 50, 60), of(60, 60, 100)])).toEqual([
      { from: 0, wait: 0.5, work: expect.closeTo(0.1) },
      { from: 0.6, wait: 0, work: 0.4 },
    ]);
  });
});
