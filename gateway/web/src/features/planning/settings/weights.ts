import type { Answer } from '@/lib/api/api';
import { spanOf } from '@/lib/duration';
import { say, type Text } from '@/lib/text';

export type Settings = Answer<'/api/scheduling/settings', 'get'>;
type Weight = 'tardinessWeight' | 'setupWeight' | 'stabilityWeight';

/** What a weight is called at each of its steps. */
export const STEPS: Readonly<Record<Weight, readonly (readonly [value: number, name: Text])[]>> = {
  tardinessWeight: [
    [10, ['不太重要', 'Matter little']],
    [100, ['重要', 'Matter']],
    [1000, ['最重要', 'Above all']],
  ],
  setupWeight: [
    [0, ['仅在其他相同时', 'Only where all else is equal']],
    [10, ['略微', 'A little']],
    [100, ['重要', 'Matter']],
    [1000, ['最重要', 'Above all']],
  ],
  stabilityWeight: [
    [0, ['不考虑', 'Does not matter']],
    [1, ['略微', 'A little']],
    [10, ['重要', 'Matters']],
    [100, ['最重要', 'Above all']],
  ],
};
const OWN: Text = ['自定（{value}）', 'Own value ({value})'];

/** The steps of a weight, and besides them what it is now where it is none of them. */
export const stepsOf = (weight: Weight, now: number): { value: number; label: string }[] => [
  ...STEPS[weight].map(([value, name]) => ({ value, label: say(name) })),
  ...(STEPS[weight].some(([value]) => value === now) ? [] : [{ value: now, label: say(OWN, { value: now }) }]),
];

const HOUR = 3600;
const ALONE: Text = [
  '目前换型与稳定都不与交期权衡：先看交期，其余相同时才看换型。',
  'Now neither setups nor calm is weighed against due dates: they come first, whatever it costs.',
];
const MEASURE: Text = [
  '下面两项都与它权衡：它越重要，越不会为少换型或少变动而延误工单。加急工单（优先级 100）按 101 倍计。',
  'What both below are weighed against: the more it matters, the less an order is delayed to save setups or moves. A rush order (priority 100) counts 101 times.',
];
const SETUPS_LAST: Text = [
  '换型不会让任何工单晚一分钟：只在延误相同的计划之间选换型少的。',
  'Setups delay no order by a minute: of plans that are equally late, the one with less setup is taken.',
];
const SETUPS: Text = [
  '为少换型 1 小时，可让一张普通工单最多晚 {time}。',
  'To save an hour of setup, an order of normal priority may be late by up to {time}.',
];
const RESTLESS: Text = ['为了更好的计划，任何工序都可以移动。', 'For a better plan any operation may be moved.'];
const CALM: Text = [
  '把一道工序移动 1 小时，须让一张普通工单少晚 {time} 才值得。重新全量排程时不考虑。',
  'To move an operation by an hour must spare an order of normal priority {time} of delay. Planning from scratch does not count it.',
];

/** What the weights do to each other, in words. */
export function effectOf(weight: Weight, { tardinessWeight, setupWeight, stabilityWeight }: Settings): string {
  const worth = (cost: number) => spanOf((HOUR * cost) / tardinessWeight);
  switch (weight) {
    case 'tardinessWeight':
      return say(setupWeight === 0 && stabilityWeight === 0 ? ALONE : MEASURE);
    case 'setupWeight':
      return setupWeight === 0 ? say(SETUPS_LAST) : say(SETUPS, { time: worth(setupWeight) });
    case 'stabilityWeight':
      return stabilityWeight === 0 ? say(RESTLESS) : say(CALM, { time: worth(stabilityWeight) });
  }
}
