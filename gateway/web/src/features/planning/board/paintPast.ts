import type { BoardColours } from '@/lib/colours';
import type { Past, Planned, PlannedAndActual, Worked } from './past';
import { SMALL, widthOf } from './paintMarks';
import { HEAD, LEFT, ROW, type View } from './view';

const HALF = (ROW - 6) / 2;
const TOP = 2;
const PAD = 4;

/** Above the middle of a row what was planned, below it what happened. */
const PLANNED_TOP = TOP;
const WORKED_TOP = TOP + HALF + 1;

export const outcomeColours = (colours: BoardColours): Record<PlannedAndActual['outcome'], string> => ({
  Kept: colours.good,
  Elsewhere: colours.warn,
  TooLate: colours.late,
  Unfinished: colours.late,
  Ahead: colours.calm,
  Dropped: colours.calm,
});

interface DrawnPast {
  ctx: CanvasRenderingContext2D;
  view: View;
  colours: BoardColours;
  colourOf: (worked: Worked) => string;
}

/** What was planned, in outline and coloured by what became of it, and beneath it what was worked, filled. */
export function paintPast({ ctx, view, colours, colourOf }: DrawnPast, past: Past): void {
  const outcomes = outcomeColours(colours);
  ctx.font = SMALL;
  ctx.lineWidth = 1.5;
  eachRow(view, (key, top) => {
    for (const planned of past.planned.get(key) ?? []) {
      const [x, width] = placeOf(view, planned);
      if (width === 0) continue;
      const isDropped = planned.line.outcome === 'Dropped';
      if (isDropped) ctx.setLineDash([3, 2]);
      ctx.strokeStyle = outcomes[planned.line.outcome];
      ctx.strokeRect(x + 0.75, top + PLANNED_TOP + 0.75, Math.max(1, width - 1.5), HALF - 1.5);
      if (isDropped) ctx.setLineDash([]);
      ctx.fillStyle = colours.text;
      label(ctx, `${planned.line.order ?? ''} · ${planned.line.operation ?? ''}`, x, width, top + PLANNED_TOP);
    }
    for (const worked of past.worked.get(key) ?? []) {
      const [x, width] = placeOf(view, worked);
      if (width === 0) continue;
      ctx.fillStyle = colourOf(worked);
      ctx.fillRect(x, top + WORKED_TOP, width, HALF);
      ctx.fillStyle = colours.onBar;
      label(ctx, `${worked.order} · ${worked.operation}`, x, width, top + WORKED_TOP);
    }
  });
}

function eachRow(view: View, paint: (key: string, top: number) => void): void {
  for (let row = view.firstRow; row <= view.lastRow; row++) paint(view.plan.rows[row]!.key, view.top(row));
}

/** Where a stretch of time is in sight; no width where it is not. */
function placeOf(view: View, { start, end }: { start: number; end: number }): [x: number, width: number] {
  if (end <= view.from || start >= view.to) return [0, 0];
  const [left, right] = [Math.max(view.x(start), LEFT - 8), Math.min(view.x(end), view.width + 8)];
  return [left, Math.max(1.5, right - left)];
}

function label(ctx: CanvasRenderingContext2D, text: string, x: number, width: number, top: number): void {
  const left = Math.max(x, LEFT) + PAD;
  if (widthOf(ctx, text) <= x + width - left - PAD) ctx.fillText(text, left, top + HALF / 2 + 0.5);
}

/** What of the past is at a place of the canvas. */
export function pastAt(view: View, past: Past, x: number, y: number): Planned | Worked | null {
  if (x < LEFT || y < HEAD) return null;
  const row = view.row(y);
  if (!row) return null;
  const time = view.time(x);
  const within = ({ start, end }: { start: number; end: number }) => start <= time && time < end;
  const isUpper = y - view.top(view.rowAt(y)) < WORKED_TOP;
  return (isUpper ? past.planned.get(row.key)?.find(within) : past.worked.get(row.key)?.find(within)) ?? null;
}
