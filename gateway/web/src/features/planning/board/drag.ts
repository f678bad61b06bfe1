import type { Answer } from '@/lib/api/api';
import { endOfWork, type Bar, type Plan, type Row, type Stretch } from './plan';

export type Details = Answer<'/api/scheduling/plans/{id}/operations/{operationId}', 'get'>;

/** Where a bar is to go. */
export interface Placed {
  bar: Bar;
  equipment: string;
  start: number;
  setup: number;
  end: number;
}

/** Why a bar cannot go somewhere. */
export type Refusal =
  | { code: 'running' | 'locked' | 'past' | 'frozen' | 'closed' | 'wrongRow' }
  | { code: 'equipment'; allowed: readonly string[] }
  | { code: 'predecessor'; earliest: number };

export interface Ground {
  plan: Plan;
  /** Rows of all equipment by its code, however the board is arranged. */
  units: ReadonlyMap<string, Row>;
  now: number;
  frozenUntil: number | null;
}

/** How long a bar takes on equipment after what is done there before; as long as now where its times are not known yet. */
export function placed(bar: Bar, equipment: string, start: number, unit: Row | undefined, details: Details | null): Placed {
  const time = details?.times.find(own => own.equipment === equipment);
  if (!time || !unit)
    return { bar, equipment, start, setup: start - (bar.start - bar.setup), end: start + (bar.end - bar.start) };
  const open: readonly Stretch[] | null = unit.open;
  const end = endOfWork(start, time.setupSeconds + time.runSeconds, details!.isSplittable ? open : null);
  const before = previous(unit, bar, start)?.family ?? '';
  const setup =
    time.defaultSetupSeconds === null
      ? 0
      : (time.setupsAfter.find(own => own.family === before)?.seconds ?? time.defaultSetupSeconds);
  return { bar, equipment, start, setup: start - setup * 1000, end: end ?? start + (bar.end - bar.start) };
}

/** What is done on a unit before a time, without the bar itself. */
function previous(unit: Row, bar: Bar, start: number): Bar | null {
  let found: Bar | null = null;
  for (const other of unit.bars) {
    if (other.start >= start) break;
    if (other.id !== bar.id) found = other;
  }
  return found;
}

/** Why a bar cannot be dragged at all, or null; what a draft itself has pinned it may move again. */
export const fixedBy = (bar: Bar): Refusal | null =>
  bar.isRunning ? { code: 'running' } : bar.isLocked && !bar.isLockedByDraft ? { code: 'locked' } : null;

/** Why a bar cannot go to a place, as far as the board can tell; the server judges in the end. */
export function refusalOf(where: Placed, ground: Ground, details: Details | null): Refusal | null {
  const { bar, equipment, start } = where;
  const fixed = fixedBy(bar);
  if (fixed) return fixed;
  if (!bar.allowed.includes(equipment)) return { code: 'equipment', allowed: bar.allowed };
  if (start < ground.now) return { code: 'past' };
  if (ground.frozenUntil !== null && Math.min(start, bar.start) < ground.frozenUntil) return { code: 'frozen' };
  const open = ground.units.get(equipment)?.open;
  if (open && !open.some(([from, to]) => from <= start && start < to)) return { code: 'closed' };
  const earliest = earliestOf(bar, ground.plan, details);
  return earliest !== null && start < earliest ? { code: 'predecessor', earliest } : null;
}

/** When what it follows is far enough, or null where it follows nothing that is known. */
function earliestOf(bar: Bar, plan: Plan, details: Details | null): number | null {
  let earliest: number | null = null;
  for (const link of details?.links ?? []) {
    const from = link.to === bar.id && link.kind !== 'EndEnd' ? plan.bars.get(link.from) : undefined;
    if (!from) continue;
    const time = (link.kind === 'StartStart' ? from.start : from.end) + link.minLagSeconds * 1000;
    earliest = Math.max(earliest ?? time, time);
  }
  return earliest;
}
