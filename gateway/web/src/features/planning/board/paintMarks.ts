import type { BoardColours } from '@/lib/colours';
import type { Bar } from './plan';
import { LEFT, ROW } from './view';

export const FONT = "12px 'Inter Variable', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";
export const SMALL = FONT.replace('12px', '11px');
export const BAR_HEIGHT = ROW - 9;
const PAD = 4;

const widths = new Map<string, number>();
export function widthOf(ctx: CanvasRenderingContext2D, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    widths.set(text, (width = ctx.measureText(text).width));
  }
  return width;
}

/** Names, what is done, and what a planner must see on a bar: late, locked, held, short. */
export function paintMarks(
  ctx: CanvasRenderingContext2D,
  colours: BoardColours,
  shown: readonly Bar[],
  places: readonly number[],
): void {
  ctx.fillStyle = colours.onBar;
  ctx.globalAlpha = 0.45;
  shown.forEach((bar, n) => {
    if (bar.done > 0)
      ctx.fillRect(places[n * 3]!, places[n * 3 + 1]! + BAR_HEIGHT - 3, Math.min(1, bar.done) * places[n * 3 + 2]!, 3);
  });
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colours.late;
  ctx.lineWidth = 2;
  shown.forEach((bar, n) => {
    if (bar.isLate) ctx.strokeRect(places[n * 3]! + 1, places[n * 3 + 1]! + 1, places[n * 3 + 2]! - 2, BAR_HEIGHT - 2);
  });
  ctx.font = SMALL;
  ctx.fillStyle = colours.onBar;
  shown.forEach((bar, n) => {
    const [x, y, room] = [places[n * 3]!, places[n * 3 + 1]! + BAR_HEIGHT / 2 + 0.5, places[n * 3 + 2]! - 2 * PAD];
    if (room < 10) return;
    let left = Math.max(x, LEFT) + PAD;
    let free = room - (left - x - PAD);
    for (const mark of marksOf(bar)) {
      if (free < 12) return;
      paintMark(ctx, mark, left, y);
      left += 12;
      free -= 12;
    }
    if (free < 20) return;
    const text = `${bar.order} · ${bar.operation}`;
    if (widthOf(ctx, text) <= free) ctx.fillText(text, left, y);
    else if (widthOf(ctx, bar.order) <= free) ctx.fillText(bar.order, left, y);
    else if (widthOf(ctx, bar.operation) <= free) ctx.fillText(bar.operation, left, y);
  });
}

type Mark = 'lock' | 'run' | 'held' | 'short';
const marksOf = (bar: Bar): Mark[] => [
  ...(bar.isLocked ? (['lock'] as const) : []),
  ...(bar.isRunning ? (['run'] as const) : []),
  ...(bar.isHeld ? (['held'] as const) : []),
  ...(bar.isShort ? (['short'] as const) : []),
];

/** Small drawn signs, since pictures in text are slow: a padlock, a triangle, two strokes, a box with a gap. */
function paintMark(ctx: CanvasRenderingContext2D, mark: Mark, x: number, y: number): void {
  ctx.beginPath();
  if (mark === 'lock') {
    ctx.rect(x + 1, y - 1, 7, 5);
    ctx.fill();
    ctx.beginPath();
    ctx.arc(x + 4.5, y - 1.5, 2.4, Math.PI, 0);
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineWidth = 1.4;
    ctx.stroke();
  } else if (mark === 'run') {
    ctx.moveTo(x + 1, y - 4);
    ctx.lineTo(x + 8, y);
    ctx.lineTo(x + 1, y + 4);
    ctx.fill();
  } else if (mark === 'held') {
    ctx.rect(x + 1, y - 4, 2.6, 8);
    ctx.rect(x + 5.4, y - 4, 2.6, 8);
    ctx.fill();
  } else {
    ctx.rect(x + 1.7, y - 3.3, 6, 6.6);
    ctx.setLineDash([3, 2]);
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineWidth = 1.4;
    ctx.stroke();
    ctx.setLineDash([]);
  }
}
