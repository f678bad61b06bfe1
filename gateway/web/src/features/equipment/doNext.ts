import { serverClock } from '@/lib/api/client';

/** What of a card of the dispatch list says when it is done. */
export interface Planned {
  operationId: string;
  status: string;
  plannedStartAt: string | null;
  work: readonly unknown[];
}

/** A start that lies nearer has passed by the time that it is judged. */
const AHEAD_MS = 60_000;

/** Whether nobody has begun it. */
export const isWaiting = (card: Planned) => card.status === 'Waiting' && card.work.length === 0;

/** A planned start, or the next one that can be where that has passed. */
export function earliestStart(planned: string | null, nowMs = Date.now() + serverClock.aheadMs): string {
  const start = Math.max(planned === null ? 0 : Date.parse(planned), nowMs + AHEAD_MS);
  return new Date(start).toISOString();
}

/** When a card starts that is done before all others that nobody has begun; null where it is so already. */
export function nextStart(card: Planned, cards: readonly Planned[], nowMs?: number): string | null {
  const starts = cards
    .filter(one => isWaiting(one) && one.operationId !== card.operationId && one.plannedStartAt !== null)
    .map(one => Date.parse(one.plannedStartAt!));
  const first = Math.min(...starts);
  if (starts.length === 0 || (card.plannedStartAt !== null && Date.parse(card.plannedStartAt) <= first)) return null;
  return earliestStart(new Date(first).toISOString(), nowMs);
}
