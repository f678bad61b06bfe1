import type { Item } from '@/lib/api/api';
import { HOUR } from './axis';

export type Line = Item<'/api/scheduling/plans/{id}/operations'>;

/** A stretch of time, ms. */
export type Stretch = readonly [from: number, to: number];

/** An operation as the board draws it; times in ms. */
export interface Bar {
  id: string;
  orderId: string;
  order: string;
  operation: string;
  product: string;
  equipment: string;
  allowed: readonly string[];
  setup: number;
  start: number;
  end: number;
  due: number | null;
  priority: number;
  family: string;
  /** Share of the order's quantity that is finished, 0 to 1. */
  done: number;
  quantity: number;
  waitsFor: string;
  waitsOn: string | null;
  isLocked: boolean;
  /** Whether that is the draft's doing, which may move it all the same. */
  isLockedByDraft: boolean;
  isRunning: boolean;
  isHeld: boolean;
  isShort: boolean;
  isLate: boolean;
}

export const barOf = (line: Line): Bar => ({
  id: line.operationId,
  orderId: line.orderId,
  order: line.order ?? '',
  operation: line.operation ?? '',
  product: line.product ?? '',
  equipment: line.equipment,
  allowed: line.allowedEquipment,
  setup: Date.parse(line.setupStartsAt),
  start: Date.parse(line.startsAt),
  end: Date.parse(line.endsAt),
  due: line.dueAt === null ? null : Date.parse(line.dueAt),
  priority: line.priority,
  family: line.setupFamily ?? '',
  quantity: line.quantity,
  waitsFor: line.waitsFor,
  waitsOn: line.waitsOn,
  isLocked: line.isLocked,
  isLockedByDraft: line.isLockedByDraft,
  isLate: line.isLate,
  ...workOf(line),
});

/** What changes while the plan stays as it is. */
const workOf = ({ quantity, finished, isRunning, isHeld, isShort }: Line) => ({
  done: quantity > 0 ? finished / quantity : 0,
  isRunning,
  isHeld,
  isShort,
});

/** A row of the board: equipment, or an order. */
export interface Row {
  key: string;
  name: string;
  sub: string;
  /** Null: always open. */
  open: readonly Stretch[] | null;
  down: Stretch | null;
  isDown: boolean;
  bars: Bar[];
  /** The latest end of the bars up to each one: by it is found what reaches into a time. */
  reach: number[];
}

/** Index of the first bar that may end after a time. */
export function firstReaching(row: Row, time: number): number {
  let [low, high] = [0, row.reach.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row.reach[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bar of a row at a time: the one that begins last, where there are several. */
export function barAt(row: Row, time: number): Bar | null {
  for (let n = firstReaching(row, time), found: Bar | null = null; ; n++) {
    const bar = row.bars[n];
    if (!bar || bar.setup > time) return found;
    if (bar.end > time) found = bar;
  }
}

export interface Unit {
  equipment: string;
  name: string | null;
  workCenter: string | null;
  open: readonly Stretch[] | null;
  isDown: boolean;
  downUntil: number | null;
}

export type Arrangement = 'equipment' | 'order';

/** The bars of a plan on its rows. */
export class Plan {
  readonly bars = new Map<string, Bar>();
  rows: Row[] = [];
  private rowByKey = new Map<string, number>();
  /** Set anew whenever something changed, for who keeps figures of it. */
  revision = 0;

  take(lines: readonly Bar[]): void {
    for (const bar of lines) this.bars.set(bar.id, bar);
    this.revision++;
  }

  /** What is known of the work now; where it is planned stays. */
  mark(lines: readonly Line[]): void {
    for (const line of lines) {
      const bar = this.bars.get(line.operationId);
      if (bar) this.bars.set(bar.id, { ...bar, ...workOf(line) });
    }
    this.revision++;
  }

  remove(id: string): void {
    if (this.bars.delete(id)) this.revision++;
  }

  /** Puts the bars that are wanted on their rows. */
  arrange(by: Arrangement, units: readonly Unit[], now: number, isWanted: (bar: Bar) => boolean): void {
    const wanted = [...this.bars.values()].filter(isWanted);
    this.rows = by === 'equipment' ? rowsOfUnits(wanted, units, now) : rowsOfOrders(wanted);
    this.rowByKey = new Map(this.rows.map((row, index) => [row.key, index]));
    this.revision++;
  }

  rowOf(bar: Bar, by: Arrangement): number {
    return this.rowByKey.get(by === 'equipment' ? bar.equipment : bar.orderId) ?? -1;
  }

  indexOf(key: string): number {
    return this.rowByKey.get(key) ?? -1;
  }

  /** From the first setup to the last end; null where nothing is planned. */
  span(): Stretch | null {
    let [from, to] = [Infinity, -Infinity];
    for (const bar of this.bars.values()) [from, to] = [Math.min(from, bar.setup), Math.max(to, bar.end)];
    return from < to ? [from, to] : null;
  }
}

type Head = Omit<Row, 'bars' | 'reach'>;

/** Rows with their bars, in the order of the setups; a bar without a row is on none. */
function rowsOf(heads: readonly Head[], bars: readonly Bar[], keyOf: (bar: Bar) => string): Row[] {
  const byKey = new Map<string, Bar[]>(heads.map(head => [head.key, []]));
  for (const bar of bars) byKey.get(keyOf(bar))?.push(bar);
  return heads.map(head => {
    const own = byKey.get(head.key)!.sort((one, other) => one.setup - other.setup);
    let reach = -Infinity;
    return { ...head, bars: own, reach: own.map(bar => (reach = Math.max(reach, bar.end))) };
  });
}

/** How long equipment is taken to be down where nobody knows, as the planning takes it. */
export const DOWN_MS_UNKNOWN = 8 * HOUR;

export const rowsOfUnits = (bars: readonly Bar[], units: readonly Unit[], now: number): Row[] =>
  rowsOf(
    units.map(unit => ({
      key: unit.equipment,
      name: unit.equipment,
      sub: unit.name ?? '',
      open: unit.open,
      isDown: unit.isDown,
      down: unit.isDown ? [now, unit.downUntil ?? now + DOWN_MS_UNKNOWN] : null,
    })),
    bars,
    bar => bar.equipment,
  );

/** By their due dates, then by their numbers; what has no due date comes last. */
function rowsOfOrders(bars: readonly Bar[]): Row[] {
  const orders = [...new Map(bars.map(bar => [bar.orderId, bar])).values()];
  const heads = orders
    .sort((one, other) => (one.due ?? Infinity) - (other.due ?? Infinity) || one.order.localeCompare(other.order))
    .map(bar => ({ key: bar.orderId, name: bar.order, sub: bar.product, open: null, isDown: false, down: null }));
  return rowsOf(heads, bars, bar => bar.orderId);
}

/** When work that begins at a time has had its open seconds; null where the calendar is not known so far. */
export function endOfWork(start: number, seconds: number, open: readonly Stretch[] | null): number | null {
  if (open === null) return start + seconds * 1000;
  let left = seconds * 1000;
  for (let n = firstOpen(open, start); n < open.length; n++) {
    const [from, to] = open[n]!;
    const begin = Math.max(from, start);
    if (to - begin >= left) return begin + left;
    left -= to - begin;
  }
  return null;
}

/** Index of the first stretch that ends after a time. */
export function firstOpen(open: readonly Stretch[], time: number): number {
  let [low, high] = [0, open.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (open[middle]![1] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
