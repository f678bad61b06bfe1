import { durationOf } from '@/lib/duration';
import { say, type Text } from '@/lib/text';
import { hasErrorsIn, type Errors } from './check';
import type { Draft } from './draft';
import type { FlowStep } from './FlowGraph';

export const GRID = { width: 196, height: 70, columnGap: 52, rowGap: 16, margin: 6 };

/** How a lag is told on a line, by its kind. */
const KINDS: Readonly<Record<string, Text>> = {
  EndStart: ['', ''],
  StartStart: ['同时开始', 'with its start'],
  EndEnd: ['同时完成', 'with its end'],
};

interface Linked {
  key: string;
  links: { after: string; kind?: string; minLagSeconds: number }[] | null;
}
export interface Line {
  key: string;
  path: string;
  isPlain: boolean;
  words: string;
  x: number;
  y: number;
}

/** The steps in columns by what they follow: what shares a column may run side by side. */
export function columnsOf<S extends Linked>(steps: S[]): S[][] {
  const level = new Map<string, number>();
  const columns: S[][] = [];
  steps.forEach((step, index) => {
    const at = Math.max(-1, ...beforeOf(steps, index).map(link => level.get(link.after) ?? -1)) + 1;
    level.set(step.key, at);
    (columns[at] ??= []).push(step);
  });
  return columns;
}

const beforeOf = (steps: Linked[], index: number) =>
  steps[index]!.links ?? (index > 0 ? [{ after: steps[index - 1]!.key, kind: 'EndStart', minLagSeconds: 0 }] : []);

/** Where each step stands, and the lines between them. */
export function placesOf(steps: Linked[]) {
  const columns = columnsOf(steps);
  const rows = Math.max(1, ...columns.map(column => column.length));
  const heightOf = (count: number) => count * GRID.height + (count - 1) * GRID.rowGap;
  const places = new Map<string, { x: number; y: number }>();
  columns.forEach((column, index) =>
    column.forEach((step, row) =>
      places.set(step.key, {
        x: GRID.margin + index * (GRID.width + GRID.columnGap),
        y: GRID.margin + (heightOf(rows) - heightOf(column.length)) / 2 + row * (GRID.height + GRID.rowGap),
      }),
    ),
  );
  const lines = steps.flatMap((step, index) =>
    beforeOf(steps, index)
      .filter(link => places.has(link.after))
      .map((link): Line => {
        const from = places.get(link.after)!;
        const to = places.get(step.key)!;
        const [x1, y1] = [from.x + GRID.width, from.y + GRID.height / 2];
        const [x2, y2] = [to.x, to.y + GRID.height / 2];
        const bend = Math.max(24, (x2 - x1) / 2);
        const kind = say(KINDS[link.kind ?? 'EndStart'] ?? KINDS.EndStart!);
        return {
          key: `${link.after} ${step.key}`,
          path: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
          isPlain: (link.kind ?? 'EndStart') === 'EndStart',
          words: [kind, link.minLagSeconds > 0 && `+${durationOf(link.minLagSeconds)}`].filter(Boolean).join(' '),
          x: (x1 + x2) / 2,
          y: (y1 + y2) / 2 - 7,
        };
      }),
  );
  return {
    places,
    lines,
    width: columns.length * (GRID.width + GRID.columnGap) - GRID.columnGap + 2 * GRID.margin,
    height: heightOf(rows) + 2 * GRID.margin,
  };
}

/** A draft's steps as the graph shows them. */
export const flowOf = (draft: Draft, errors: Errors): FlowStep[] =>
  draft.steps.map((step, index) => ({
    ...step,
    equipment: step.units.map(unit => unit.equipment),
    isWrong: hasErrorsIn(errors, `steps[${index}]`),
  }));
