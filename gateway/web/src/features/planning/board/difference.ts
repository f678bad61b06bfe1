import type { Promised } from '../promise';
import type { Ghost } from './paintOver';
import type { Plan } from './plan';
import type { Difference, Drafting } from './useDraft';

const SHOWN_MAX = 300;

/** Where the last change moved things from, each as long as it is now. */
export const ghostsOf = (difference: Difference | null, plan: Plan): Ghost[] =>
  (difference?.moved ?? []).slice(0, SHOWN_MAX).map(move => {
    const bar = plan.bars.get(move.operationId);
    const from = Date.parse(move.fromStart);
    return { id: move.operationId, row: move.fromEquipment, time: [from, from + (bar ? bar.end - bar.start : 0)] };
  });

/** What moved beside what the planner moved. */
export function movedAlong({ draft, difference }: Drafting) {
  const last = draft?.steps.at(-1)?.step;
  const own = new Set([...(last?.operations ?? []).map(one => one.operationId), ...(last?.operationIds ?? [])]);
  return (difference?.moved ?? []).filter(move => !own.has(move.operationId));
}

/** Where an order that nobody has placed would lie. */
export const ghostsOfPromise = (promise: Promised | null): Ghost[] =>
  (promise?.operations ?? []).map(one => ({
    id: `promise ${one.code}`,
    row: one.equipment,
    time: [Date.parse(one.setupStartsAt), Date.parse(one.endsAt)],
  }));

export const spanOfPromise = ({ operations }: Promised): readonly [from: number, to: number] => [
  Math.min(...operations.map(one => Date.parse(one.setupStartsAt))),
  Math.max(...operations.map(one => Date.parse(one.endsAt))),
];
