import type { BoardColours } from '@/lib/colours';
import type { Bar } from './plan';

export const COLOURINGS = ['order', 'product', 'state', 'lateness', 'family'] as const;
export type Colouring = (typeof COLOURINGS)[number];

/** Where an operation stands, the most urgent first. */
export type BarState = 'running' | 'held' | 'short' | 'locked' | 'waiting';
export const stateOf = (bar: Bar): BarState =>
  bar.isRunning ? 'running' : bar.isHeld ? 'held' : bar.isShort ? 'short' : bar.isLocked ? 'locked' : 'waiting';

/** How its order stands to the due date. */
export type Lateness = 'late' | 'tight' | 'inTime' | 'noDue';
const TIGHT_MS = 24 * 3_600_000;
export const latenessOf = (bar: Bar): Lateness =>
  bar.due === null ? 'noDue' : bar.isLate ? 'late' : bar.due - bar.end < TIGHT_MS ? 'tight' : 'inTime';

const numberOf = (text: string) => {
  let hash = 0;
  for (let n = 0; n < text.length; n++) hash = (hash * 31 + text.charCodeAt(n)) | 0;
  return Math.abs(hash);
};

export const stateColours = (colours: BoardColours): Record<BarState, string> => ({
  running: colours.good,
  held: colours.late,
  short: colours.warn,
  locked: colours.busy,
  waiting: colours.calm,
});
export const latenessColours = (colours: BoardColours): Record<Lateness, string> => ({
  late: colours.late,
  tight: colours.warn,
  inTime: colours.good,
  noDue: colours.calm,
});

/** The colour of a bar; the same thing always has the same one. */
export function colourOf(by: Colouring, colours: BoardColours): (bar: Bar) => string {
  const states = stateColours(colours);
  const lateness = latenessColours(colours);
  const known = new Map<string, string>();
  const ofText = (text: string) => {
    let colour = known.get(text);
    if (colour === undefined)
      known.set(text, (colour = text === '' ? colours.calm : colours.bars[numberOf(text) % colours.bars.length]!));
    return colour;
  };
  switch (by) {
    case 'state':
      return bar => states[stateOf(bar)];
    case 'lateness':
      return bar => lateness[latenessOf(bar)];
    case 'product':
      return bar => ofText(bar.product);
    case 'family':
      return bar => ofText(bar.family);
    default:
      return bar => ofText(bar.order);
  }
}
