import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Item } from '@/lib/api/api';
import { readAll } from '@/lib/api/client';
import { DAY } from './axis';
import type { Bar } from './plan';

export type PlannedAndActual = Item<'/api/scheduling/adherence/operations'>;
export type WorkedTime = Item<'/api/scheduling/adherence/work'>;

const DAYS = 7;
/** Reports that follow each other so closely are one stretch of work. */
const PAUSE_MS = 60_000;

/** What a day that has begun was to end; times in ms. */
export interface Planned {
  line: PlannedAndActual;
  start: number;
  end: number;
}

/** A stretch in which equipment worked on an operation. */
export interface Worked extends Bar {
  isUnderWay: boolean;
}

/** What was planned for the days that have begun, and what happened, by equipment and by order. */
export interface Past {
  planned: ReadonlyMap<string, readonly Planned[]>;
  worked: ReadonlyMap<string, readonly Worked[]>;
}

/** The past days, where they are wanted. */
export function usePast(isWanted: boolean, now: number): Past | null {
  const from = new Date((Math.floor(now / DAY) - DAYS) * DAY).toISOString();
  const to = new Date((Math.floor(now / DAY) + 1) * DAY).toISOString();
  const planned = useWhole<PlannedAndActual>('/api/scheduling/adherence/operations', { from, to }, isWanted);
  const worked = useWhole<WorkedTime>('/api/scheduling/adherence/work', { from, to }, isWanted);
  return useMemo(
    () => (isWanted && planned.data && worked.data ? pastOf(planned.data, worked.data, now) : null),
    [isWanted, planned.data, worked.data, now],
  );
}

function useWhole<Row>(path: string, query: Record<string, string>, isWanted: boolean) {
  return useQuery<Row[]>({
    queryKey: ['past', path, query], // not again with each event: what is past is much, and changes little
    queryFn: ({ signal }) => readAll(path, { query, signal }) as Promise<Row[]>,
    enabled: isWanted,
    placeholderData: before => before,
  });
}

export function pastOf(planned: readonly PlannedAndActual[], worked: readonly WorkedTime[], now: number): Past {
  const lines = planned.map((line): Planned => ({ line, start: Date.parse(line.startsAt), end: Date.parse(line.endsAt) }));
  const stretches = stretchesOf(worked, now);
  return {
    planned: byRow(lines, ({ line }) => [line.equipment, line.orderId]),
    worked: byRow(stretches, stretch => [stretch.equipment, stretch.orderId]),
  };
}

function byRow<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const rows = new Map<string, T[]>();
  for (const one of all)
    for (const key of keysOf(one)) {
      const row = rows.get(key);
      if (row) row.push(one);
      else rows.set(key, [one]);
    }
  return rows;
}

/** Reports of one operation on one unit that follow each other are one stretch; what is under way reaches to now. */
export function stretchesOf(times: readonly WorkedTime[], now: number): Worked[] {
  const last = new Map<string, Worked>();
  const all: Worked[] = [];
  for (const time of times) {
    const key = `${time.equipment} ${time.operationId}`;
    const [start, end] = [Date.parse(time.startsAt), time.endsAt === null ? now : Date.parse(time.endsAt)];
    const before = last.get(key);
    if (before && start <= before.end + PAUSE_MS) {
      before.end = Math.max(before.end, end);
      before.isUnderWay ||= time.endsAt === null;
      continue;
    }
    const stretch = { ...UNPLANNED, ...namesOf(time), setup: start, start, end, isUnderWay: time.endsAt === null };
    last.set(key, stretch);
    all.push(stretch);
  }
  return all.map(stretch => ({ ...stretch, isRunning: stretch.isUnderWay }));
}

const namesOf = (time: WorkedTime) => ({
  id: time.operationId,
  orderId: time.orderId ?? '',
  order: time.order ?? '',
  operation: time.operation ?? '',
  product: time.product ?? '',
  equipment: time.equipment,
  family: time.setupFamily ?? '',
});

/** Nothing is planned of it any more. */
const UNPLANNED: Omit<Bar, 'setup' | 'start' | 'end'> = {
  id: '',
  orderId: '',
  order: '',
  operation: '',
  product: '',
  equipment: '',
  allowed: [],
  due: null,
  priority: 0,
  family: '',
  done: 0,
  quantity: 0,
  waitsFor: 'Nothing',
  waitsOn: null,
  isLocked: false,
  isLockedByDraft: false,
  isRunning: false,
  isHeld: false,
  isShort: false,
  isLate: false,
};
