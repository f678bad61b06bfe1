import type { BoardColours } from '@/lib/colours';
import { HOUR, ZOOMS, zoomOf, type Zoom } from './axis';
import { fixedBy, placed, refusalOf, type Details, type Ground, type Placed, type Refusal } from './drag';
import type { Load } from './load';
import { paintPast, pastAt } from './paintPast';
import type { Past, Planned, Worked } from './past';
import { hatchOf, paintPlan } from './paint';
import { LoadStrip } from './paintLoad';
import { paintBand, paintDrag, paintOver, type Dragged, type Ghost, type Over } from './paintOver';
import type { Arrangement, Bar, Plan, Row } from './plan';
import { Gestures, type Drag, type Surface } from './gestures';
import { LEFT, ROW, View } from './view';

/** What is under the pointer. */
export interface Under {
  bar?: Bar | null;
  load?: Load | null;
  past?: Planned | Worked | null;
}

export interface BoardEvents {
  chosen(ids: ReadonlySet<string>): void;
  opened(bar: Bar): void;
  hovered(under: Under, x: number, y: number): void;
  /** What decides where a bar can go; asked for when a drag begins. */
  detailsOf(bar: Bar): Promise<Details | null>;
  moved(places: Placed[]): void;
  swapped(bar: Bar, other: Bar): void;
  refused(bar: Bar, why: Refusal): void;
  /** The view has another zoom. */
  zoomed(zoom: Zoom): void;
}
export interface BoardWords {
  refusal(why: Refusal): string;
  /** Of what is dragged: when it would begin and end. */
  place(place: Placed): string;
  swap(bar: Bar): string;
  load: string;
}
export interface BoardState {
  by: Arrangement;
  colours: BoardColours;
  colourOf: (bar: Bar) => string;
  units: ReadonlyMap<string, Row>;
  now: number;
  frozenUntil: number | null;
  mayMove: boolean;
  hasLoad: boolean;
  /** What happened, where it is shown. */
  past: Past | null;
  words: BoardWords;
}

/** The plan on two canvases: below as it is, above what is chosen and dragged, which is drawn alone while it moves. */
export class PlanCanvas implements Surface {
  readonly view: View;
  readonly chosen = new Set<string>();
  ghosts: readonly Ghost[] = [];
  details: Details | null = null;
  private readonly below: CanvasRenderingContext2D;
  private readonly above: CanvasRenderingContext2D;
  private readonly strip = new LoadStrip();
  private readonly watch: ResizeObserver;
  private hatch!: CanvasPattern;
  private asked = 0;
  private readonly gestures: Gestures;
  private zoom: Zoom | null = null;

  constructor(
    readonly host: HTMLElement,
    readonly plan: Plan,
    readonly events: BoardEvents,
    public state: BoardState,
  ) {
    this.view = new View(plan, state.now - 3 * HOUR, ZOOMS.week);
    const [below, above] = [0, 1].map(() => {
      const canvas = document.createElement('canvas');
      host.append(canvas);
      return canvas.getContext('2d')!;
    });
    this.below = below!;
    this.above = above!;
    this.set(state);
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(host);
    this.gestures = new Gestures(this);
  }

  dispose(): void {
    this.watch.disconnect();
    this.gestures.dispose();
    cancelAnimationFrame(this.asked);
    this.host.replaceChildren();
  }

  set(state: BoardState): void {
    this.state = state;
    this.hatch = hatchOf(this.below, state.colours);
    this.view.hasLoad = state.hasLoad;
    this.draw();
  }

  draw(): void {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.paint();
    });
  }

  choose(ids: Iterable<string>): void {
    this.chosen.clear();
    for (const id of ids) this.chosen.add(id);
    this.events.chosen(this.chosen);
    this.draw();
  }

  reveal(id: string): void {
    const bar = this.plan.bars.get(id);
    if (!bar) return;
    this.view.reveal(bar, this.rowOf(bar));
    this.draw();
  }

  show(from: number, length: number): void {
    this.view.show(from, length);
    this.draw();
  }

  zoomBy(factor: number, x = (LEFT + this.view.width) / 2): void {
    this.view.zoom(factor, x);
    this.draw();
  }

  pan(dx: number, dy: number): void {
    this.view.pan(dx, dy);
    this.draw();
  }

  cancel(): boolean {
    return this.gestures.cancel();
  }

  loadAt(x: number): Load | null {
    return this.strip.at(this.view, x);
  }

  pastAt(x: number, y: number): Planned | Worked | null {
    const { past } = this.state;
    return past && x < this.view.x(this.state.now) ? pastAt(this.view, past, x, y) : null;
  }

  rowOf = (bar: Bar) => this.plan.rowOf(bar, this.state.by);

  /** Moves by the keyboard: by a step of the axis, or to the next equipment that can do it. */
  async nudge(steps: number, rows: number): Promise<void> {
    const bar = this.onlyChosen();
    if (!bar || !this.state.mayMove) return;
    const fixed = fixedBy(bar);
    if (fixed) return this.events.refused(bar, fixed);
    const details = await this.events.detailsOf(bar);
    const at = bar.allowed.indexOf(bar.equipment);
    const equipment = rows === 0 ? bar.equipment : bar.allowed.at((at + rows) % bar.allowed.length)!;
    const step = Math.max(15 * 60_000, this.view.snap(HOUR / 4));
    const place = placed(bar, equipment, bar.start + steps * step, this.state.units.get(equipment), details);
    const why = refusalOf(place, this.ground(), details);
    if (why) this.events.refused(bar, why);
    else this.events.moved([place]);
  }

  /** To the bar before or after on the row, or the nearest one in time on another row. */
  step(dx: number, dy: number): void {
    const bar = this.onlyChosen();
    const next = bar ? this.neighbour(bar, dx, dy) : this.firstInSight();
    if (!next) return;
    this.choose([next.id]);
    this.reveal(next.id);
  }

  onlyChosen(): Bar | null {
    const [id] = this.chosen;
    return (id && this.plan.bars.get(id)) || null;
  }

  private neighbour(bar: Bar, dx: number, dy: number): Bar | null {
    const { rows } = this.plan;
    const row = this.rowOf(bar);
    if (dx !== 0) {
      const { bars } = rows[row]!;
      return bars[bars.indexOf(bar) + dx] ?? null;
    }
    for (let next = row + dy; next >= 0 && next < rows.length; next += dy) {
      const { bars } = rows[next]!;
      if (bars.length > 0)
        return bars.reduce((best, one) => (Math.abs(one.start - bar.start) < Math.abs(best.start - bar.start) ? one : best));
    }
    return null;
  }

  private firstInSight(): Bar | null {
    for (let row = this.view.firstRow; row <= this.view.lastRow; row++) {
      const bar = this.plan.rows[row]!.bars.find(one => one.end > this.view.from);
      if (bar) return bar;
    }
    return null;
  }

  ground(): Ground {
    const { units, now, frozenUntil } = this.state;
    return { plan: this.plan, units, now, frozenUntil };
  }

  private resize(): void {
    const ratio = devicePixelRatio;
    const bar = this.onlyChosen();
    const row = bar ? this.rowOf(bar) : -1;
    const isSeen = row >= this.view.firstRow && row <= this.view.lastRow;
    this.view.width = this.host.clientWidth;
    this.view.height = this.host.clientHeight;
    if (isSeen) this.view.revealRow(row); // what is looked at stays in sight
    for (const ctx of [this.below, this.above]) {
      ctx.canvas.width = this.view.width * ratio;
      ctx.canvas.height = this.view.height * ratio;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.hatch = hatchOf(this.below, this.state.colours);
    this.paint();
  }

  private paint(): void {
    const { view, state } = this;
    if (view.width === 0) return;
    view.pan(0, 0);
    const { drag } = this.gestures;
    const dragged = new Set(drag?.bars);
    const { colours, colourOf, now, frozenUntil, past } = state;
    const isHidden = (bar: Bar) => dragged.has(bar);
    const { below: ctx, hatch } = this;
    const paintBefore = past && (() => paintPast({ ctx, view, colours, colourOf }, past));
    paintPlan({ ctx, view, colours, colourOf, hatch, now, frozenUntil, isHidden, paintBefore });
    if (view.hasLoad) this.paintStrip();
    this.paintAbove();
    const zoom = zoomOf(view.length);
    if (zoom !== this.zoom) this.events.zoomed((this.zoom = zoom));
  }

  /** The load of what is chosen; of everything where nothing is. */
  private paintStrip(): void {
    const { units, words, colours } = this.state;
    const codes = new Set([...this.chosen].flatMap(id => this.plan.bars.get(id)?.equipment ?? []));
    const rows = [...units.values()].filter(row => codes.size === 0 || codes.has(row.key));
    const names = [...codes];
    const name = names.length === 0 ? words.load : `${words.load} ${names.slice(0, 2).join(', ')}${names.length > 2 ? ' …' : ''}`;
    this.strip.paint(this.below, this.view, colours, rows, name, names.join());
  }

  private over(): Over {
    const { view, chosen, details, ghosts, rowOf } = this;
    const { colours, colourOf } = this.state;
    return { ctx: this.above, view, colours, colourOf, rowOf, chosen, details, ghosts };
  }

  paintAbove(): void {
    const over = this.over();
    paintOver(over);
    this.tellPlace();
    const { band, drag } = this.gestures;
    if (band) paintBand(over, ...band);
    if (drag) paintDrag(over, this.dragged(drag));
  }

  /** Where the chosen bar is on the canvas: for whoever cannot look. */
  private tellPlace(): void {
    const bar = this.onlyChosen();
    const [x, y] = bar ? [this.view.x((bar.start + bar.end) / 2), this.view.top(this.rowOf(bar)) + ROW / 2] : [0, 0];
    this.host.dataset.chosen = bar ? `${Math.round(x)} ${Math.round(y)}` : '';
  }

  private dragged(drag: Drag): Dragged {
    const { words, by } = this.state;
    const row = (code: string) => this.plan.indexOf(code);
    const [first] = drag.places;
    return {
      places: drag.places,
      rowOf: place => (by === 'equipment' ? row(place.equipment) : this.rowOf(place.bar)),
      allowedRows: by === 'equipment' && drag.bars.length === 1 ? first!.bar.allowed.map(row).filter(index => index >= 0) : [],
      why: drag.why && words.refusal(drag.why),
      swap: drag.swap,
      label: drag.swap ? words.swap(drag.swap) : words.place(first!),
    };
  }
}
