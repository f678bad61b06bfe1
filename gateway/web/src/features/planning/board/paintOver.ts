import type { BoardColours } from '@/lib/colours';
import type { Details, Placed } from './drag';
import type { Bar, Stretch } from './plan';
import { HEAD, LEFT, ROW, type View } from './view';

const FONT = "600 12px 'Inter Variable', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";

/** Lines from where things were to where they are are drawn for so many at most. */
const LINES_MAX = 12;

/** Where a bar was before something moved it. */
export interface Ghost {
  row: string;
  time: Stretch;
  id: string;
}

export interface Over {
  ctx: CanvasRenderingContext2D;
  view: View;
  colours: BoardColours;
  colourOf: (bar: Bar) => string;
  rowOf: (bar: Bar) => number;
  chosen: ReadonlySet<string>;
  details: Details | null;
  ghosts: readonly Ghost[];
}

export interface Dragged {
  /** Where each bar of the drag would be. */
  places: readonly Placed[];
  rowOf: (place: Placed) => number;
  /** Rows that can do it. */
  allowedRows: readonly number[];
  /** Why not, in words. */
  why: string | null;
  /** The bar that would change places with it. */
  swap: Bar | null;
  label: string;
}

/** What lies above the plan: what is chosen, what belongs to it, what was moved from where. */
export function paintOver(over: Over): void {
  const { ctx, view } = over;
  ctx.clearRect(0, 0, view.width, view.height);
  ctx.save();
  clip(ctx, view);
  for (const ghost of over.ghosts) paintGhost(over, ghost, over.ghosts.length <= LINES_MAX);
  if (over.details) paintLinks(over, over.details);
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = over.colours.chosen;
  for (const id of over.chosen) {
    const bar = view.plan.bars.get(id);
    const row = bar ? over.rowOf(bar) : -1;
    if (!bar || row < view.firstRow || row > view.lastRow) continue;
    ctx.strokeRect(view.x(bar.setup) - 1, view.top(row) + 2.5, (bar.end - bar.setup) * view.pxPerMs + 1, ROW - 6);
  }
  ctx.restore();
  paintThumb(over);
}

function clip(ctx: CanvasRenderingContext2D, view: View): void {
  ctx.beginPath();
  ctx.rect(LEFT, HEAD, view.width - LEFT, view.bottom - HEAD);
  ctx.clip();
}

function paintGhost({ ctx, view, colours, rowOf }: Over, ghost: Ghost, hasLine: boolean): void {
  const row = view.plan.indexOf(ghost.row);
  const bar = view.plan.bars.get(ghost.id);
  if (row < 0) return;
  const [x, y, width] = [view.x(ghost.time[0]), view.top(row) + 4, (ghost.time[1] - ghost.time[0]) * view.pxPerMs];
  ctx.setLineDash([4, 3]);
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colours.ghost;
  ctx.strokeRect(x + 0.5, y + 0.5, Math.max(2, width - 1), ROW - 10);
  if (bar && hasLine) {
    ctx.beginPath();
    ctx.moveTo(x + width / 2, y + ROW / 2 - 4);
    ctx.lineTo(view.x((bar.start + bar.end) / 2), view.top(rowOf(bar)) + ROW / 2);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** From what it follows and to what follows it; from what it waits for, strongly. */
function paintLinks(over: Over, details: Details): void {
  const { ctx, view, colours } = over;
  ctx.lineWidth = 1.6;
  for (const link of details.links) {
    const [from, to] = [view.plan.bars.get(link.from), view.plan.bars.get(link.to)];
    if (!from || !to) continue;
    ctx.strokeStyle = ctx.fillStyle = colours.busy;
    paintArrow(over, from, link.kind === 'StartStart' ? from.start : from.end, to, link.kind === 'EndEnd' ? to.end : to.start);
  }
  ctx.lineWidth = 2;
  details.chain.slice(1).forEach((cause, n) => {
    const [from, to] = [view.plan.bars.get(cause.operationId), view.plan.bars.get(details.chain[n]!.operationId)];
    if (!from || !to) return;
    ctx.strokeStyle = ctx.fillStyle = colours.warn;
    paintArrow(over, from, from.end, to, to.setup);
  });
}

function paintArrow({ ctx, view, rowOf }: Over, from: Bar, begin: number, to: Bar, end: number): void {
  const [x1, x2] = [view.x(begin), view.x(end)];
  const [y1, y2] = [view.top(rowOf(from)) + ROW / 2, view.top(rowOf(to)) + ROW / 2];
  const bend = Math.max(18, Math.min(60, Math.abs(x2 - x1) / 2));
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2 - 5, y2);
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x2, y2);
  ctx.lineTo(x2 - 7, y2 - 4);
  ctx.lineTo(x2 - 7, y2 + 4);
  ctx.fill();
}

function paintThumb({ ctx, view, colours }: Over): void {
  const thumb = thumbOf(view);
  if (!thumb) return;
  ctx.fillStyle = colours.calm;
  ctx.globalAlpha = 0.6;
  ctx.beginPath();
  ctx.roundRect(view.width - 8, thumb[0], 6, thumb[1] - thumb[0], 3);
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** Where the sign is that says which rows are seen; null where all are. */
export function thumbOf(view: View): readonly [top: number, bottom: number] | null {
  const [room, all] = [view.bottom - HEAD, view.plan.rows.length * ROW];
  if (all <= room) return null;
  const height = Math.max(30, (room * room) / all);
  const top = HEAD + (view.y / (all - room)) * (room - height);
  return [top, top + height];
}

/** The rubber band of a choice. */
export function paintBand({ ctx, view, colours }: Over, from: readonly [number, number], to: readonly [number, number]): void {
  ctx.save();
  clip(ctx, view);
  ctx.fillStyle = colours.frozen;
  ctx.strokeStyle = colours.busy;
  ctx.lineWidth = 1;
  const box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])] as const;
  ctx.fillRect(...box);
  ctx.strokeRect(...box);
  ctx.restore();
}

/** What is being dragged: where it would be, where it may go, how long it takes there, or why not. */
export function paintDrag({ ctx, view, colours, colourOf }: Over, drag: Dragged): void {
  ctx.save();
  clip(ctx, view);
  ctx.fillStyle = colours.allowed;
  for (const row of drag.allowedRows) ctx.fillRect(LEFT, view.top(row), view.width - LEFT, ROW - 1);
  for (const place of drag.places) {
    const row = drag.rowOf(place);
    const [x, y] = [view.x(place.start), view.top(row) + 4];
    ctx.globalAlpha = 0.85;
    if (place.setup < place.start) {
      ctx.fillStyle = colours.setup;
      ctx.fillRect(view.x(place.setup), y, x - view.x(place.setup), ROW - 9);
    }
    ctx.fillStyle = drag.why ? colours.late : colourOf(place.bar);
    ctx.beginPath();
    ctx.roundRect(x, y, Math.max(2, (place.end - place.start) * view.pxPerMs), ROW - 9, 2.5);
    ctx.fill();
    ctx.globalAlpha = 1;
  }
  if (drag.swap) {
    const row = drag.rowOf(drag.places[0]!);
    ctx.lineWidth = 3;
    ctx.strokeStyle = colours.busy;
    ctx.strokeRect(view.x(drag.swap.start), view.top(row) + 2, (drag.swap.end - drag.swap.start) * view.pxPerMs, ROW - 5);
  }
  ctx.restore();
  paintLabel(ctx, view, colours, drag);
}

function paintLabel(ctx: CanvasRenderingContext2D, view: View, colours: BoardColours, drag: Dragged): void {
  const first = drag.places[0]!;
  const text = drag.why ?? drag.label;
  ctx.font = FONT;
  ctx.textBaseline = 'middle';
  const width = ctx.measureText(text).width + 16;
  const row = drag.rowOf(first);
  const x = Math.max(LEFT + 4, Math.min(view.x(first.start), view.width - width - 12));
  const y = view.top(row) - 24 < HEAD ? view.top(row) + ROW + 2 : view.top(row) - 24;
  ctx.fillStyle = drag.why ? colours.late : colours.chosen;
  ctx.beginPath();
  ctx.roundRect(x, y, width, 22, 4);
  ctx.fill();
  ctx.fillStyle = drag.why ? colours.onBar : colours.ground;
  ctx.fillText(text, x + 8, y + 11.5);
}
