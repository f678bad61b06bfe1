import { fixedBy, placed, refusalOf, type Details, type Ground, type Placed, type Refusal } from './drag';
import type { BoardEvents, BoardState, Under } from './canvas';
import type { Load } from './load';
import { thumbOf } from './paintOver';
import type { Bar, Plan } from './plan';
import { HEAD, LEFT, ROW, type View } from './view';

/** What pointers act upon. */
export interface Surface {
  readonly host: HTMLElement;
  readonly view: View;
  readonly plan: Plan;
  readonly chosen: ReadonlySet<string>;
  readonly events: BoardEvents;
  readonly state: BoardState;
  ground(): Ground;
  choose(ids: Iterable<string>): void;
  pan(dx: number, dy: number): void;
  zoomBy(factor: number, x: number): void;
  loadAt(x: number): Load | null;
  pastAt(x: number, y: number): Under['past'];
  draw(): void;
  paintAbove(): void;
}

export type Point = readonly [x: number, y: number];
type OnBar = {
  kind: 'bar';
  bar: Bar;
  x: number;
  y: number;
  grab: number;
  isAdding: boolean;
  drag: Drag | null;
  details: Details | null;
};
type Pointer =
  | { kind: 'pan'; x: number; y: number; hasMoved: boolean }
  | { kind: 'thumb'; y: number }
  | { kind: 'band'; from: Point; to: Point }
  | OnBar;

/** What is being dragged, where it would be, and why it cannot be there. */
export interface Drag {
  bars: readonly Bar[];
  places: Placed[];
  why: Refusal | null;
  swap: Bar | null;
}
const STARTS_PX = 4;

/** Wheel and pointer: zoom, pan, choose, drag. */
export class Gestures {
  private pointer: Pointer | null = null;

  constructor(private readonly on: Surface) {
    const { host } = on;
    host.addEventListener('wheel', this.wheel, { passive: false });
    host.addEventListener('pointerdown', this.down);
    host.addEventListener('pointermove', this.move);
    host.addEventListener('pointerup', this.up);
    host.addEventListener('pointercancel', this.cancel);
    host.addEventListener('pointerleave', this.leave);
    host.addEventListener('dblclick', this.open);
  }

  dispose(): void {
    const { host } = this.on;
    host.removeEventListener('wheel', this.wheel);
    host.removeEventListener('pointerdown', this.down);
    host.removeEventListener('pointermove', this.move);
    host.removeEventListener('pointerup', this.up);
    host.removeEventListener('pointercancel', this.cancel);
    host.removeEventListener('pointerleave', this.leave);
    host.removeEventListener('dblclick', this.open);
  }

  get drag(): Drag | null {
    return this.pointer?.kind === 'bar' ? this.pointer.drag : null;
  }
  get band(): readonly [Point, Point] | null {
    return this.pointer?.kind === 'band' ? [this.pointer.from, this.pointer.to] : null;
  }

  private readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const isOverNames = event.offsetX < LEFT;
    if (event.shiftKey || isOverNames) this.on.pan(0, event.deltaY || event.deltaX);
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.on.pan(event.deltaX, 0);
    else this.on.zoomBy(Math.exp(-event.deltaY / 500), event.offsetX);
  };

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.on.host.focus({ preventScroll: true });
    this.on.host.setPointerCapture(event.pointerId);
    const [x, y] = [event.offsetX, event.offsetY];
    const bar = this.on.view.barAt(x, y);
    if (x > this.on.view.width - 10 && thumbOf(this.on.view)) this.pointer = { kind: 'thumb', y };
    else if (bar) {
      const isAdding = event.ctrlKey || event.metaKey || event.shiftKey;
      if (!this.on.chosen.has(bar.id) && !isAdding) this.on.choose([bar.id]);
      this.pointer = { kind: 'bar', bar, x, y, grab: this.on.view.time(x) - bar.start, isAdding, drag: null, details: null };
    } else if (event.shiftKey && x > LEFT && y > HEAD) this.pointer = { kind: 'band', from: [x, y], to: [x, y] };
    else this.pointer = { kind: 'pan', x, y, hasMoved: false };
    this.on.events.hovered({}, x, y);
  };

  private readonly move = (event: PointerEvent): void => {
    const [x, y] = [event.offsetX, event.offsetY];
    const pointer = this.pointer;
    if (!pointer) return this.hover(x, y);
    if (pointer.kind === 'pan') {
      pointer.hasMoved ||= Math.hypot(x - pointer.x, y - pointer.y) > STARTS_PX;
      if (!pointer.hasMoved) return;
      this.on.pan(pointer.x - x, pointer.y - y);
      [pointer.x, pointer.y] = [x, y];
    } else if (pointer.kind === 'thumb') {
      const [top, bottom] = thumbOf(this.on.view)!;
      const room = this.on.view.bottom - HEAD;
      this.on.pan(0, ((y - pointer.y) * (this.on.plan.rows.length * ROW - room)) / Math.max(1, room - (bottom - top)));
      pointer.y = y;
    } else if (pointer.kind === 'band') {
      pointer.to = [x, y];
      this.on.paintAbove();
    } else this.dragTo(pointer, x, y);
  };

  private hover(x: number, y: number): void {
    const past = y < this.on.view.bottom ? this.on.pastAt(x, y) : null;
    const bar = y < this.on.view.bottom && !past ? this.on.view.barAt(x, y) : null;
    const load = this.on.view.hasLoad && y >= this.on.view.bottom && x > LEFT ? this.on.loadAt(x) : null;
    this.on.host.style.cursor = bar ? (this.on.state.mayMove && !fixedBy(bar) ? 'grab' : 'pointer') : '';
    this.on.events.hovered({ bar, load, past }, x, y);
  }

  private dragTo(pointer: OnBar, x: number, y: number): void {
    if (!pointer.drag) {
      if (!this.on.state.mayMove || Math.hypot(x - pointer.x, y - pointer.y) <= STARTS_PX) return;
      const bars = this.on.chosen.has(pointer.bar.id)
        ? [...this.on.chosen].flatMap(id => this.on.plan.bars.get(id) ?? [])
        : [pointer.bar];
      pointer.drag = { bars: [pointer.bar, ...bars.filter(bar => bar !== pointer.bar)], places: [], why: null, swap: null };
      void this.on.events.detailsOf(pointer.bar).then(details => (pointer.details = details));
      this.on.draw();
    }
    this.place(pointer, pointer.drag, x, y);
    this.on.paintAbove();
  }

  private place(pointer: OnBar, drag: Drag, x: number, y: number): void {
    const { units, by } = this.on.state;
    const start = this.on.view.snap(this.on.view.time(x) - pointer.grab);
    const isGroup = drag.bars.length > 1;
    const row = this.on.plan.rows[Math.max(0, Math.min(this.on.plan.rows.length - 1, this.on.view.rowAt(y)))];
    const equipment = isGroup || by === 'order' || !row ? pointer.bar.equipment : row.key;
    const details = isGroup ? null : pointer.details;
    const shift = start - pointer.bar.start;
    drag.places = drag.bars.map(bar =>
      bar === pointer.bar
        ? placed(bar, equipment, start, units.get(equipment), details)
        : placed(bar, bar.equipment, bar.start + shift, units.get(bar.equipment), null),
    );
    drag.swap = isGroup || by === 'order' ? null : this.swapAt(pointer.bar, x, y);
    drag.why = drag.places.reduce<Refusal | null>((why, place) => why ?? refusalOf(place, this.on.ground(), details), null);
    if (drag.swap) drag.why = this.swapRefusal(pointer.bar, drag.swap);
  }

  /** Dropped upon the middle of another bar, both change places. */
  private swapAt(bar: Bar, x: number, y: number): Bar | null {
    const other = this.on.view.barAt(x, y);
    if (!other || other === bar) return null;
    const part = (this.on.view.time(x) - other.start) / (other.end - other.start);
    return part > 0.25 && part < 0.75 ? other : null;
  }

  /** Where the bar itself can never be is said before what keeps the other one. */
  private swapRefusal(bar: Bar, other: Bar): Refusal | null {
    const cannotOn = (one: Bar, equipment: string): Refusal | null =>
      one.allowed.includes(equipment) ? null : { code: 'equipment', allowed: one.allowed };
    return fixedBy(bar) ?? cannotOn(bar, other.equipment) ?? fixedBy(other) ?? cannotOn(other, bar.equipment);
  }

  private readonly up = (event: PointerEvent): void => {
    const pointer = this.pointer;
    this.pointer = null;
    if (!pointer) return;
    if (pointer.kind === 'pan' && !pointer.hasMoved && !event.shiftKey) this.on.choose([]);
    if (pointer.kind === 'band') this.chooseWithin(pointer.from, pointer.to);
    if (pointer.kind === 'bar') this.drop(pointer);
    this.on.draw();
  };

  private drop({ bar, drag, isAdding }: OnBar): void {
    if (!drag) {
      if (!isAdding) return this.on.choose([bar.id]);
      const next = new Set(this.on.chosen);
      if (!next.delete(bar.id)) next.add(bar.id);
      return this.on.choose(next);
    }
    if (drag.why) this.on.events.refused(bar, drag.why);
    else if (drag.swap) this.on.events.swapped(bar, drag.swap);
    else if (drag.places.some(place => place.start !== place.bar.start || place.equipment !== place.bar.equipment))
      this.on.events.moved(drag.places);
  }

  private chooseWithin(from: readonly [number, number], to: readonly [number, number]): void {
    const times = [this.on.view.time(from[0]), this.on.view.time(to[0])].sort((one, other) => one - other);
    const rows = [this.on.view.rowAt(from[1]), this.on.view.rowAt(to[1])].sort((one, other) => one - other);
    const within = this.on.plan.rows.slice(Math.max(0, rows[0]!), rows[1]! + 1).flatMap(row => row.bars);
    this.on.choose([...this.on.chosen, ...within.filter(bar => bar.end > times[0]! && bar.start < times[1]!).map(bar => bar.id)]);
  }

  /** Gives a drag up; true where there was one. */
  readonly cancel = (): boolean => {
    const had = this.pointer !== null;
    this.pointer = null;
    this.on.draw();
    return had;
  };
  private readonly leave = (): void => {
    if (!this.pointer) this.on.events.hovered({}, 0, 0);
  };
  private readonly open = (event: MouseEvent): void => {
    const bar = this.on.view.barAt(event.offsetX, event.offsetY);
    if (bar) this.on.events.opened(bar);
  };
}
