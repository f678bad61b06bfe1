import type { Weight } from './fonts';

interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What is drawn, in pixels from the upper left corner of the paper. */
export type Mark = Place & {
  /** The middle of that to which it belongs: the page on which this is has the mark. */
  middle: number;
} & (
    | { kind: 'text'; text: string; baseline: number; size: number; weight: Weight; colour: Colour }
    | { kind: 'line'; colour: Colour }
    | {
        kind: 'drawing';
        matrix: number[];
        path: string;
        fill: Colour | null;
        stroke: Colour | null;
        thick: number;
        isEvenOdd: boolean;
      }
    | { kind: 'picture'; jpeg: Promise<Picture> }
  );

export type Colour = [red: number, green: number, blue: number];

export interface Picture {
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** What no page cuts in two; `head` is shown again on the page that begins with it. */
export interface Block {
  top: number;
  bottom: number;
  head?: { top: number; bottom: number };
}
