import type { BoardColours } from '@/lib/colours';
import { loadBorders } from './axis';
import { loadOf, type Load } from './load';
import type { Row } from './plan';
import { LEFT, LOAD, type View } from './view';

const FONT = "11px 'Inter Variable', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";
const TOP = 18;
const FULL = 0.8; // of the height

/** The load of rows beneath the plan, in step with its axis; a stretch is counted once while nothing of it changes. */
export class LoadStrip {
  private key = '';
  private readonly known = new Map<string, Load>();
  private loads: Load[] = [];

  /** What is shown at a place, or null. */
  at(view: View, x: number): Load | null {
    const time = view.time(x);
    return this.loads.find(load => load.from <= time && time < load.to) ?? null;
  }

  paint(ctx: CanvasRenderingContext2D, view: View, colours: BoardColours, rows: readonly Row[], name: string, of: string): void {
    const borders = loadBorders(view.from, view.to, view.pxPerMs);
    const key = `${view.plan.revision}|${of}`;
    if (key !== this.key) this.known.clear();
    this.key = key;
    this.loads = borders.slice(1).map((to, n) => this.load(rows, borders[n]!, to));
    const top = view.bottom;
    ctx.fillStyle = colours.ground;
    ctx.fillRect(0, top, view.width, LOAD);
    const height = (LOAD - TOP) * FULL;
    ctx.save();
    ctx.beginPath();
    ctx.rect(LEFT, top, view.width - LEFT, LOAD);
    ctx.clip();
    ctx.font = FONT;
    ctx.textBaseline = 'middle';
    for (const load of this.loads) this.paintOne(ctx, view, colours, load, height);
    ctx.fillStyle = colours.quiet;
    ctx.fillRect(LEFT, top + LOAD - height, view.width - LEFT, 1);
    ctx.restore();
    ctx.fillStyle = colours.head;
    ctx.fillRect(0, top, LEFT, LOAD);
    ctx.fillStyle = colours.line;
    ctx.fillRect(0, top, view.width, 1);
    ctx.fillRect(LEFT - 1, top, 1, LOAD);
    ctx.fillStyle = colours.text;
    ctx.fillText(name, 10, top + 14, LEFT - 20);
    ctx.fillStyle = colours.quiet;
    ctx.fillText('100 %', LEFT - 42, top + LOAD - height);
  }

  private load(rows: readonly Row[], from: number, to: number): Load {
    const key = `${from} ${to}`;
    const load = this.known.get(key) ?? loadOf(rows, from, to);
    this.known.set(key, load);
    return load;
  }

  private paintOne(ctx: CanvasRenderingContext2D, view: View, colours: BoardColours, load: Load, height: number): void {
    const [x, width] = [view.x(load.from), (load.to - load.from) * view.pxPerMs];
    const base = view.bottom + LOAD;
    if (load.open <= 0 && load.busy <= 0) {
      ctx.fillStyle = colours.closed;
      ctx.fillRect(x, view.bottom + TOP, width, LOAD - TOP);
      return;
    }
    const share = load.open > 0 ? load.busy / load.open : Infinity;
    const isOver = share > 1.001;
    ctx.fillStyle = isOver ? colours.late : share > 0.9 ? colours.warn : colours.busy;
    const tall = Math.min(share, 1.2) * height;
    ctx.fillRect(x + 1, base - tall, Math.max(1, width - 2), tall);
    if (width > 34) {
      ctx.fillStyle = isOver ? colours.late : colours.quiet;
      ctx.textAlign = 'center';
      ctx.fillText(isOver && share === Infinity ? '!' : `${Math.round(share * 100)} %`, x + width / 2, view.bottom + 11);
      ctx.textAlign = 'left';
    }
  }
}
