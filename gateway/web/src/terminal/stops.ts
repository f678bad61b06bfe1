import type * as api from './api';
import type { Entry } from './queue/entries';

/** A stretch of a stop that has one reason, until the next one. */
export interface Part {
  from: string;
  reason: string | null;
}

/** A stop of an equipment unit with its reasons over time, at least one. */
export interface Stop {
  id: string;
  startedAt: string;
  endedAt: string | null;
  parts: Part[];
}

export const isUnsaid = (stop: Stop) => stop.parts.some(part => part.reason === null);

/** The stops of a unit as they will be once everything has arrived; the latest first, as they are read. */
export function stopsWith(read: readonly api.Stop[], entries: readonly Entry[], unit: string): Stop[] {
  const waiting = entries.filter(entry => entry.lane === `unit ${unit}` && entry.state === 'waiting');
  const begun = waiting
    .filter(({ verb, id }) => verb === 'stop' && !read.some(stop => stop.id === id))
    .map(({ id, at, about }) => ({ id, startedAt: at, endedAt: null, parts: [{ from: at, reason: about.reason ?? null }] }));
  const known = read
    .filter(stop => stop.withdrawnAt === null)
    .map(({ id, startedAt, endedAt, parts }) => ({
      ...{ id, startedAt, endedAt, parts: parts.map(part => ({ from: part.startedAt, reason: part.reason })) },
    }));
  return [...begun.reverse(), ...known]
    .filter(stop => !waiting.some(({ verb, workId }) => verb === 'undoStop' && workId === stop.id))
    .map(stop => waiting.filter(entry => entry.workId === stop.id).reduce<Stop>(withEntry, stop));
}

function withEntry(stop: Stop, { verb, at, about, body }: Entry): Stop {
  if (verb === 'endStop') return { ...stop, endedAt: at };
  if (verb !== 'classify') return stop;
  const cut = body.splitAt as string | undefined;
  const part = { from: cut ?? stop.startedAt, reason: about.reason ?? null };
  const others = cut === undefined ? [] : stop.parts.filter(one => Date.parse(one.from) !== Date.parse(cut));
  return { ...stop, parts: [...others, part].sort((one, other) => Date.parse(one.from) - Date.parse(other.from)) };
}

const MINUTE_MS = 60_000;

/** Where a stop can be cut: whole minutes from one after its start on, and before its end or now; null where it is too short. */
export function cutsOf({ startedAt, endedAt }: Stop, now: number): { first: number; last: number } | null {
  const first = Math.floor(Date.parse(startedAt) / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const until = endedAt === null ? now : Date.parse(endedAt) - 1;
  const last = Math.floor(until / MINUTE_MS) * MINUTE_MS;
  return first <= last ? { first, last } : null;
}

/** The proposed cut: now of a stop that lasts, else its middle. */
export function middleOf(stop: Stop, { first, last }: { first: number; last: number }): number {
  return stop.endedAt === null ? last : Math.round((first + last) / 2 / MINUTE_MS) * MINUTE_MS;
}

export const moved = (cut: number, minutes: number, { first, last }: { first: number; last: number }) =>
  Math.min(last, Math.max(first, cut + minutes * MINUTE_MS));
