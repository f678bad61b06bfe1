import dayjs from 'dayjs';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** How near the board is looked at: what it shows at a time. */
export const ZOOMS = { shift: 10 * HOUR, day: 26 * HOUR, week: 8 * DAY, month: 32 * DAY } as const;
export type Zoom = keyof typeof ZOOMS;

/** Which zoom a length of time is nearest to. */
export const zoomOf = (length: number): Zoom =>
  (Object.keys(ZOOMS) as Zoom[]).reduce((best, zoom) =>
    Math.abs(Math.log(ZOOMS[zoom] / length)) < Math.abs(Math.log(ZOOMS[best] / length)) ? zoom : best,
  );

export interface Tick {
  time: number;
  label: string;
}

const HOURS = [0.25, 0.5, 1, 2, 3, 6, 12];
const PX_MIN = 40;

/** Borders of days, or of weeks and months where days are too narrow, in the zone of the screen. */
export function majorTicks(from: number, to: number, pxPerMs: number): Tick[] {
  const unit = DAY * pxPerMs >= 64 ? 'day' : DAY * 7 * pxPerMs >= 64 ? 'week' : 'month';
  const format = unit === 'day' ? 'MM-DD ddd' : unit === 'week' ? 'MM-DD' : 'YYYY-MM';
  const ticks: Tick[] = [];
  for (let at = dayjs(from).startOf(unit); at.valueOf() < to; at = at.add(1, unit))
    ticks.push({ time: at.valueOf(), label: at.format(format) });
  return ticks;
}

/** Hours within days, or days within weeks, as close as their labels can be read. */
export function minorTicks(from: number, to: number, pxPerMs: number): Tick[] {
  const hours = HOURS.find(step => step * HOUR * pxPerMs >= PX_MIN);
  const ticks: Tick[] = [];
  if (hours === undefined) {
    const days = [1, 2, 7].find(step => step * DAY * pxPerMs >= 24) ?? 7;
    for (let at = dayjs(from).startOf(days === 7 ? 'week' : 'day'); at.valueOf() < to; at = at.add(days, 'day'))
      ticks.push({ time: at.valueOf(), label: at.format('D') });
    return ticks;
  }
  for (let day = dayjs(from).startOf('day'); day.valueOf() < to; day = day.add(1, 'day')) {
    const end = day.add(1, 'day').valueOf();
    for (let time = day.valueOf(); time < end; time += hours * HOUR)
      if (time > from - HOUR * hours && time < to) ticks.push({ time, label: dayjs(time).format('HH:mm') });
  }
  return ticks;
}

/** To what a dragged bar holds: minutes near, quarters and hours far. */
export function snapOf(pxPerMs: number): number {
  const minutes = [5, 15, 30, 60].find(step => step * 60_000 * pxPerMs >= 4) ?? 60;
  return minutes * 60_000;
}
export const snapped = (time: number, pxPerMs: number) => Math.round(time / snapOf(pxPerMs)) * snapOf(pxPerMs);

/** Borders of the stretches whose load is drawn: hours, days or weeks wide enough to be told apart. */
export function loadBorders(from: number, to: number, pxPerMs: number): number[] {
  const borders: number[] = [];
  const hours = [1, 4, 8].find(step => step * HOUR * pxPerMs >= 18);
  if (hours !== undefined) {
    for (let day = dayjs(from).startOf('day'); ; day = day.add(1, 'day')) {
      for (let n = 0; n < 24; n += hours) {
        const time = day.valueOf() + n * HOUR;
        if (time > from - hours * HOUR) borders.push(time);
        if (time >= to) return borders;
      }
    }
  }
  const unit = DAY * pxPerMs >= 10 ? 'day' : 'week';
  for (let at = dayjs(from).startOf(unit); ; at = at.add(1, unit)) {
    borders.push(at.valueOf());
    if (at.valueOf() >= to) return borders;
  }
}
