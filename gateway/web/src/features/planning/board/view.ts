import { barAt, type Bar, type Plan, type Row } from './plan';
import { DAY, HOUR, snapped } from './axis';

export const ROW = 30;
export const HEAD = 44;
export const LEFT = 150;
export const LOAD = 86;

const LENGTH_MIN = 2 * HOUR;
const LENGTH_MAX = 400 * DAY;

/** What of the plan is seen: from which time on, how much of it, and how far the rows are scrolled. */
export class View {
  y = 0;
  width = 0;
  height = 0;
  hasLoad = true;

  constructor(
    readonly plan: Plan,
    public from: number,
    public length: number,
  ) {}

  get pxPerMs(): number {
    return Math.max(1, this.width - LEFT) / this.length;
  }
  get bottom(): number {
    return this.hasLoad ? this.height - LOAD : this.height;
  }
  get to(): number {
    return this.from + this.length;
  }
  time(x: number): number {
    return this.from + (x - LEFT) / this.pxPerMs;
  }
  x(time: number): number {
    return LEFT + (time - this.from) * this.pxPerMs;
  }
  top(row: number): number {
    return HEAD + row * ROW - this.y;
  }
  rowAt(y: number): number {
    return Math.floor((y - HEAD + this.y) / ROW);
  }
  get firstRow(): number {
    return Math.max(0, Math.floor(this.y / ROW));
  }
  get lastRow(): number {
    return Math.min(this.plan.rows.length - 1, Math.floor((this.y + this.bottom - HEAD - 1) / ROW));
  }
  snap(time: number): number {
    return snapped(time, this.pxPerMs);
  }

  pan(dx: number, dy: number): void {
    this.from += dx / this.pxPerMs;
    this.y = Math.max(0, Math.min(this.y + dy, this.plan.rows.length * ROW - (this.bottom - HEAD)));
    if (this.y < 0) this.y = 0;
  }
  /** Around a place that stays where it is. */
  zoom(factor: number, x: number): void {
    const time = this.time(x);
    this.length = Math.min(Math.max(this.length / factor, LENGTH_MIN), LENGTH_MAX);
    this.from = time - (x - LEFT) / this.pxPerMs;
  }
  /** Shows so much time from a time on. */
  show(from: number, length: number): void {
    [this.from, this.length] = [from, length];
  }
  /** Brings a bar into sight, and leaves the view alone where it is there already. */
  reveal(bar: Bar, row: number): void {
    const [left, right] = [this.x(bar.setup), this.x(bar.end)];
    if (left < LEFT + 20 || right > this.width - 20) this.from = bar.setup - this.length / 4;
    this.revealRow(row);
  }
  revealRow(row: number): void {
    const top = row * ROW;
    if (top < this.y) this.y = top;
    if (top + ROW > this.y + this.bottom - HEAD) this.y = top + ROW - (this.bottom - HEAD);
  }

  row(y: number): Row | null {
    return y < HEAD || y >= this.bottom ? null : (this.plan.rows[this.rowAt(y)] ?? null);
  }
  barAt(x: number, y: number): Bar | null {
    const row = x < LEFT ? null : this.row(y);
    return row && barAt(row, this.time(x));
  }
}
