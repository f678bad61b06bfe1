import { beforeAll, describe, expect, it } from 'vitest';
import { switchLanguage } from '@/lib/text';
import { effectOf, stepsOf, type Settings } from './weights';

const settings: Settings = {
  ...{ frozenMinutes: 0, tardinessWeight: 100, setupWeight: 0, stabilityWeight: 1, deviationMinutes: 30 },
  ...{ fullSeconds: 60, incrementalSeconds: 20, repairSeconds: 5, workers: 2 },
};

describe('What the weights do', () => {
  beforeAll(() => switchLanguage('en'));

  it.each([
    ['setupWeight' as const, {}, 'Setups delay no order by a minute'],
    ['setupWeight' as const, { setupWeight: 100 }, 'by up to 1 h.'],
    ['setupWeight' as const, { setupWeight: 100, tardinessWeight: 1000 }, 'by up to 6 min.'],
    ['stabilityWeight' as const, {}, 'normal priority 36 s of delay'],
    ['stabilityWeight' as const, { stabilityWeight: 0 }, 'any operation may be moved'],
    ['tardinessWeight' as const, {}, 'weighed against'],
    ['tardinessWeight' as const, { stabilityWeight: 0 }, 'they come first'],
  ])('is said of %s with %j', (weight, change, said) => expect(effectOf(weight, { ...settings, ...change })).toContain(said));

  it('has a step of its own for a value that is none', () => {
    expect(stepsOf('setupWeight', 100)).toHaveLength(4);
    expect(stepsOf('setupWeight', 7).at(-1)).toEqual({ value: 7, label: 'Own value (7)' });
  });
});
