import { firstOpen, firstReaching, type Row, type Stretch } from './plan';

/** How much of the open time of a stretch is taken. */
export interface Load {
  from: number;
  to: number;
  busy: number;
  open: number;
}

/** What of a stretch is open, ms. */
export function openWithin(open: readonly Stretch[] | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (open === null) return to - from;
  let sum = 0;
  for (let n = firstOpen(open, from); n < open.length && open[n]![0] < to; n++)
    sum += Math.min(open[n]![1], to) - Math.max(open[n]![0], from);
  return sum;
}

/**
 * The load of rows in each stretch between two borders: setups and runs, in open time. Work that stands where nothing is open
 * counts as busy without open time: an overload that is seen.
 */
export function loadsOf(rows: readonly Row[], borders: readonly number[]): Load[] {
  const loads = borders.slice(1).map((to, n) => ({ from: borders[n]!, to, busy: 0, open: 0 }));
  for (const row of rows)
    for (const load of loads) {
      load.open += openWithin(row.open, load.from, load.to);
      for (let n = firstReaching(row, load.from); n < row.bars.length && row.bars[n]!.setup < load.to; n++) {
        const bar = row.bars[n]!;
        const [from, to] = [Math.max(bar.setup, load.from), Math.min(bar.end, load.to)];
        if (to > from) load.busy += openWithin(row.open, from, to) || (openWithin(row.open, bar.setup, bar.end) ? 0 : to - from);
      }
    }
  return loads;
}
