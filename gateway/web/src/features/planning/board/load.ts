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
 * The load of rows in a stretch: setups and runs, in open time. Work that stands where nothing is open counts as busy without
 * open time: an overload that is seen.
 */
export function loadOf(rows: readonly Row[], from: number, to: number): Load {
  const load = { from, to, busy: 0, open: 0 };
  for (const row of rows) {
    load.open += openWithin(row.open, from, to);
    for (let n = firstReaching(row, from); n < row.bars.length && row.bars[n]!.setup < to; n++) {
      const bar = row.bars[n]!;
      const [begin, end] = [Math.max(bar.setup, from), Math.min(bar.end, to)];
      if (end > begin)
        load.busy += openWithin(row.open, begin, end) || (openWithin(row.open, bar.setup, bar.end) ? 0 : end - begin);
    }
  }
  return load;
}
