import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '@/lib/api/api';
import { Problem, read } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { DAY, HOUR } from './axis';
import { barOf, Plan, type Bar, type Stretch, type Unit } from './plan';

const CHUNK = 1000;
/** So much is read at first: about what is in view. */
const FIRST_CHUNK = 300;
const BEFORE = 2 * DAY;
const AFTER = 62 * DAY;
const WORK_BEFORE = HOUR;
const WORK_AFTER = 2 * HOUR;
const DAYS_MAX = 360;

/** What the board stands on: equipment with its open time, and the plan in force. */
export function useGround(until: number | null) {
  const [begin] = useState(() => Math.floor(Date.now() / DAY) * DAY - BEFORE);
  const weeks = Math.ceil(((until ?? 0) - begin) / (7 * DAY)) + 1;
  const to = begin + Math.min(Math.max(weeks * 7 * DAY, BEFORE + AFTER), DAYS_MAX * DAY);
  const window = { from: new Date(begin).toISOString(), to: new Date(to).toISOString() };
  const board = useRead('/api/scheduling/board', { query: window });
  const units = useMemo(() => (board.data ? unitsOf(board.data) : []), [board.data]);
  return { board, units };
}

type Board = Answer<'/api/scheduling/board', 'get'>;

function unitsOf(board: Board): Unit[] {
  const calendars = new Map(
    board.calendars.map(calendar => [
      calendar.code,
      calendar.open.map(({ from, to }): Stretch => [Date.parse(from), Date.parse(to)]),
    ]),
  );
  return board.rows.map(row => ({
    equipment: row.equipment,
    name: row.name,
    workCenter: row.workCenter,
    open: row.calendar === null ? null : (calendars.get(row.calendar) ?? null),
    isDown: row.isDown,
    downUntil: row.downUntil === null ? null : Date.parse(row.downUntil),
  }));
}

export interface PlanReading {
  plan: Plan;
  /** Rises whenever the plan on the board has changed. */
  tick: number;
  /** The plan that is on the board whole; null while it is being read. */
  shown: string | null;
  problem: Problem | null;
  /** Puts bars right of which the screen itself knows more. */
  correct: (bars: readonly Bar[]) => void;
}

/**
 * The operations of a plan: read in chunks, each of which is shown at once; of another plan only what differs is read. What is
 * known of the work of these hours, which the plan in force tells, is read again whenever something happens there.
 */
export function useBoardPlan(id: string | null, inForce: string | null, now: number): PlanReading {
  const [plan] = useState(() => new Plan());
  const [state, setState] = useState<Pick<PlanReading, 'tick' | 'shown' | 'problem'>>({ tick: 0, shown: null, problem: null });
  const shown = useRef<string | null>(null);
  const tell = useCallback((change: Partial<PlanReading> = {}) => {
    setState(before => ({ ...before, ...change, tick: before.tick + 1 }));
  }, []);

  useEffect(() => {
    if (id === null) return;
    const abort = new AbortController();
    const readPlan = async () => {
      if (shown.current === null || !(await readChanges(plan, id, shown.current, abort.signal)))
        await readWhole(plan, id, abort.signal, () => tell({ problem: null }));
      shown.current = id;
      tell({ shown: id, problem: null });
    };
    readPlan().catch((problem: unknown) => {
      if (abort.signal.aborted) return;
      shown.current = null;
      tell({ shown: null, problem: problem instanceof Problem ? problem : new Problem(0, { code: 'unreachable' }) });
    });
    return () => abort.abort();
  }, [id, plan, tell]);

  const hour = Math.floor(now / HOUR) * HOUR;
  const query = { from: new Date(hour - WORK_BEFORE).toISOString(), to: new Date(hour + WORK_AFTER).toISOString(), size: CHUNK };
  const work = useRead(OPERATIONS, { path: { id: inForce ?? '' }, query }, inForce !== null);
  useEffect(() => {
    if (!work.data) return;
    plan.mark(work.data.items);
    tell();
  }, [work.data, plan, tell]);

  const correct = (bars: readonly Bar[]) => {
    plan.take(bars);
    tell();
  };
  return { plan, ...state, correct };
}

const OPERATIONS = '/api/scheduling/plans/{id}/operations';

async function readWhole(plan: Plan, id: string, signal: AbortSignal, progress: () => void): Promise<void> {
  const gone = new Set(plan.bars.keys());
  for (let after: string | undefined; after !== '';) {
    const page = await read(OPERATIONS, { path: { id }, query: after ? { size: CHUNK, after } : { size: FIRST_CHUNK } }, signal);
    plan.take(page.items.map(barOf));
    page.items.forEach(line => gone.delete(line.operationId));
    progress();
    after = page.next ?? '';
  }
  gone.forEach(left => plan.remove(left));
}

/** False where the plan that is shown is kept no more. */
async function readChanges(plan: Plan, id: string, since: string, signal: AbortSignal): Promise<boolean> {
  const path = '/api/scheduling/plans/{id}/changes';
  try {
    for (let after: string | undefined; after !== '';) {
      const page = await read(path, { path: { id }, query: { since, size: CHUNK, ...(after && { after }) } }, signal);
      for (const { operationId, line } of page.items) if (line === null) plan.remove(operationId);
      plan.take(page.items.flatMap(delta => (delta.line ? [barOf(delta.line)] : [])));
      after = page.next ?? '';
    }
    return true;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return false;
    throw problem;
  }
}
