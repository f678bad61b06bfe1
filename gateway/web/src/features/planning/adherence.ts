import type { Item } from '@/lib/api/api';

export type Kept = Item<'/api/scheduling/adherence'>;

interface Sum {
  planned: number;
  kept: number;
}
export const NOTHING: Sum = { planned: 0, kept: 0 };

const DAY_MS = 86_400_000;
const midnightOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Those of the last so many days, up to the last one that there is. */
export function within(rows: readonly Kept[], days: number): Kept[] {
  const last = Math.max(...rows.map(row => midnightOf(row.day)));
  return rows.filter(row => midnightOf(row.day) > last - days * DAY_MS);
}

/** A cell: a day of a unit, or of the plant. */
export const keyOf = (day: string, equipment: string | null) => `${day} ${equipment ?? ''}`;

/** What counts and what of it was kept, for each cell. */
export function sumsOf(rows: readonly Kept[]): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { day, equipment, planned, kept } of rows)
    for (const key of [keyOf(day, equipment), keyOf(day, null)]) {
      const sum = sums.get(key) ?? NOTHING;
      sums.set(key, { planned: sum.planned + planned, kept: sum.kept + kept });
    }
  return sums;
}
