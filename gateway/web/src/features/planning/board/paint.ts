import type { BoardColours } from '@/lib/colours';
import { majorTicks, minorTicks } from './axis';
import { firstOpen, firstReaching, type Bar, type Row, type Stretch } from './plan';
import { BAR_HEIGHT, FONT, paintMarks, SMALL, widthOf } from './paintMarks';
import { HEAD, LEFT, ROW, type View } from './view';

const BAR_TOP = 4;
/** So many bars at most are drawn with round corners. */
const FEW = 700;
/** So wide a setup, px, is drawn apart from its bar, and so wide a one is hatched. */
const SETUP_SEEN = 1;
const SETUP_HATCHED = 4;

export interface Drawn {
  ctx: CanvasRenderingContext2D;
  view: View;
  colours: BoardColours;
  colourOf: (bar: Bar) => string;
  hatch: CanvasPattern;
  now: number;
  frozenUntil: number | null;
  /** What is not drawn, as it is being dragged. */
  isHidden: (bar: Bar) => boolean;
  /** What happened, in place of what is planned before now; null where it is not shown. */
  paintBefore: (() => void) | null;
}

/** The plan as it is: closed time, bars, axis, names of the rows. */
export function paintPlan(drawn: Drawn): void {
  const { ctx, view, colours } = drawn;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, view.width, view.bottom);
  ctx.save();
  clipFrom(ctx, view, LEFT);
  paintClosed(drawn);
  drawn.paintBefore?.();
  ctx.save();
  if (drawn.paintBefore) clipFrom(ctx, view, Math.max(LEFT, view.x(drawn.now)));
  paintBars(drawn);
  ctx.restore();
  paintNow(drawn);
  ctx.restore();
  paintAxis(drawn);
  paintNames(drawn);
}

function clipFrom(ctx: CanvasRenderingContext2D, view: View, x: number): void {
  ctx.beginPath();
  ctx.rect(x, HEAD, Math.max(0, view.width - x), view.bottom - HEAD);
  ctx.clip();
}

/** Neighbours that go by one calendar are shaded at once. */
function paintClosed({ ctx, view, colours, frozenUntil }: Drawn): void {
  const { rows } = view.plan;
  const [from, to] = [view.from, view.to];
  for (let first = view.firstRow; first <= view.lastRow;) {
    let last = first;
    while (last < view.lastRow && rows[last + 1]!.open === rows[first]!.open) last++;
    const [top, height] = [view.top(first), (last - first + 1) * ROW];
    const { open } = rows[first]!;
    if (open !== null) paintShut(ctx, view, open, from, to, top, height, colours.closed);
    first = last + 1;
  }
  ctx.fillStyle = colours.line;
  for (let row = view.firstRow; row <= view.lastRow; row++) ctx.fillRect(LEFT, view.top(row) + ROW - 1, view.width - LEFT, 1);
  for (const tick of majorTicks(from, to, view.pxPerMs)) ctx.fillRect(Math.round(view.x(tick.time)), HEAD, 1, view.bottom);
  ctx.fillStyle = colours.down;
  for (let row = view.firstRow; row <= view.lastRow; row++) {
    const { down } = rows[row]!;
    if (down) ctx.fillRect(view.x(down[0]), view.top(row), (down[1] - down[0]) * view.pxPerMs, ROW - 1);
  }
  if (frozenUntil !== null && frozenUntil > from) {
    ctx.fillStyle = colours.frozen;
    ctx.fillRect(LEFT, HEAD, view.x(frozenUntil) - LEFT, view.bottom);
  }
}

function paintShut(
  ctx: CanvasRenderingContext2D,
  view: View,
  open: readonly Stretch[],
  from: number,
  to: number,
  top: number,
  height: number,
  colour: string,
): void {
  ctx.fillStyle = colour;
  let shut = from;
  for (let n = firstOpen(open, from); n < open.length && open[n]![0] < to; n++) {
    const width = (open[n]![0] - shut) * view.pxPerMs;
    if (width >= 1.5) ctx.fillRect(view.x(shut), top, width, height);
    shut = open[n]![1];
  }
  if (shut < to) ctx.fillRect(view.x(shut), top, (to - shut) * view.pxPerMs, height);
}

/** What is narrower than can be seen is drawn with its neighbour; one colour is set once. */
function paintBars(drawn: Drawn): void {
  const { ctx, view, colours, colourOf } = drawn;
  const byColour = new Map<string, number[]>();
  const shown: Bar[] = [];
  const places: number[] = [];
  const setups: number[] = [];
  for (let index = view.firstRow; index <= view.lastRow; index++)
    gather(drawn, view.plan.rows[index]!, view.top(index), byColour, shown, places, setups, colourOf);
  ctx.fillStyle = colours.setup;
  for (let n = 0; n < setups.length; n += 3) ctx.fillRect(setups[n]!, setups[n + 1]!, setups[n + 2]!, BAR_HEIGHT);
  ctx.fillStyle = drawn.hatch;
  for (let n = 0; n < setups.length; n += 3)
    if (setups[n + 2]! >= SETUP_HATCHED) ctx.fillRect(setups[n]!, setups[n + 1]!, setups[n + 2]!, BAR_HEIGHT);
  const isRound = [...byColour.values()].reduce((sum, rects) => sum + rects.length / 3, 0) <= FEW;
  for (const [colour, rects] of byColour) {
    ctx.fillStyle = colour;
    if (isRound) ctx.beginPath();
    for (let n = 0; n < rects.length; n += 3)
      if (isRound) ctx.roundRect(rects[n]!, rects[n + 1]!, rects[n + 2]!, BAR_HEIGHT, 2.5);
      else ctx.fillRect(rects[n]!, rects[n + 1]!, rects[n + 2]!, BAR_HEIGHT);
    if (isRound) ctx.fill();
  }
  paintMarks(ctx, colours, shown, places);
}

function gather(
  { view, isHidden }: Drawn,
  row: Row,
  top: number,
  byColour: Map<string, number[]>,
  shown: Bar[],
  places: number[],
  setups: number[],
  colourOf: (bar: Bar) => string,
): void {
  let [until, last]: [number, number[] | null] = [-Infinity, null];
  const to = view.to;
  for (let n = firstReaching(row, view.from); n < row.bars.length && row.bars[n]!.setup < to; n++) {
    const bar = row.bars[n]!;
    if (bar.end <= view.from || isHidden(bar)) continue;
    const left = Math.max(view.x(bar.start), LEFT - 8);
    const right = Math.min(view.x(bar.end), view.width + 8);
    if (right - left < 2 && right <= until + 0.75) continue; // it cannot be told from the one before it
    const setup = left - view.x(bar.setup);
    if (setup >= SETUP_SEEN) setups.push(left - setup, top + BAR_TOP, setup);
    const colour = colourOf(bar);
    last = byColour.get(colour) ?? null;
    if (!last) byColour.set(colour, (last = []));
    const width = Math.max(1.5, right - left - 1);
    last.push(left, top + BAR_TOP, width);
    until = left + width;
    if (right - left > 14) {
      shown.push(bar);
      places.push(left, top + BAR_TOP, right - left - 1);
    }
  }
}

function paintNow({ ctx, view, colours, now }: Drawn): void {
  ctx.fillStyle = colours.now;
  ctx.fillRect(Math.round(view.x(now)) - 1, HEAD, 2, view.bottom - HEAD);
}

function paintAxis({ ctx, view, colours, now }: Drawn): void {
  ctx.fillStyle = colours.head;
  ctx.fillRect(0, 0, view.width, HEAD);
  ctx.save();
  ctx.beginPath();
  ctx.rect(LEFT, 0, view.width - LEFT, HEAD);
  ctx.clip();
  const major = majorTicks(view.from, view.to, view.pxPerMs);
  ctx.font = `600 ${FONT}`;
  major.forEach((tick, n) => {
    const x = view.x(tick.time);
    ctx.fillStyle = colours.line;
    ctx.fillRect(Math.round(x), 0, 1, HEAD);
    ctx.fillStyle = colours.text;
    const next = n + 1 < major.length ? view.x(major[n + 1]!.time) : view.width + 200;
    ctx.fillText(tick.label, Math.min(Math.max(x, LEFT) + 6, next - widthOf(ctx, tick.label) - 6), 13);
  });
  ctx.font = SMALL;
  for (const tick of minorTicks(view.from, view.to, view.pxPerMs)) {
    const x = view.x(tick.time);
    ctx.fillStyle = colours.line;
    ctx.fillRect(Math.round(x), 26, 1, HEAD - 26);
    ctx.fillStyle = colours.quiet;
    ctx.fillText(tick.label, x + 4, 34);
  }
  ctx.fillStyle = colours.now;
  ctx.beginPath();
  const x = view.x(now);
  ctx.moveTo(x - 5, HEAD - 7);
  ctx.lineTo(x + 5, HEAD - 7);
  ctx.lineTo(x, HEAD);
  ctx.fill();
  ctx.restore();
  ctx.fillStyle = colours.line;
  ctx.fillRect(0, HEAD - 1, view.width, 1);
}

function paintNames({ ctx, view, colours }: Drawn): void {
  ctx.fillStyle = colours.head;
  ctx.fillRect(0, HEAD, LEFT, view.bottom - HEAD);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, HEAD, LEFT - 6, view.bottom - HEAD);
  ctx.clip();
  for (let index = view.firstRow; index <= view.lastRow; index++) {
    const row = view.plan.rows[index]!;
    const y = view.top(index) + ROW / 2;
    ctx.font = `600 ${FONT}`;
    ctx.fillStyle = row.isDown ? colours.late : colours.text;
    ctx.fillText(row.name, 10, row.sub ? y - 6 : y);
    if (row.sub) {
      ctx.font = SMALL;
      ctx.fillStyle = colours.quiet;
      ctx.fillText(row.sub, 10, y + 7);
    }
  }
  ctx.restore();
  ctx.fillStyle = colours.line;
  for (let index = view.firstRow; index <= view.lastRow; index++) ctx.fillRect(0, view.top(index) + ROW - 1, LEFT, 1);
  ctx.fillRect(LEFT - 1, 0, 1, view.bottom);
}

/** The stripes of a setup. */
export function hatchOf(ctx: CanvasRenderingContext2D, colours: BoardColours): CanvasPattern {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const on = tile.getContext('2d')!;
  on.strokeStyle = colours.hatch;
  on.lineWidth = 1.1;
  on.beginPath();
  on.moveTo(-1, 7);
  on.lineTo(7, -1);
  on.stroke();
  return ctx.createPattern(tile, 'repeat')!;
}
