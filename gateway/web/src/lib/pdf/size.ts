/** Millimetres, of which a PDF knows nothing. */
export const pixelsOf = (mm: number) => (mm * 96) / 25.4;

/** A PDF's unit is a seventy-second of an inch, a pixel of CSS a ninety-sixth. */
export const pointsOf = (px: number) => (px * 72) / 96;

export interface Size {
  width: number;
  height: number;
}

const NAMED: Record<string, [number, number]> = { A4: [210, 297], A5: [148, 210], letter: [215.9, 279.4] };

/** A size as `@page` of CSS has it, in pixels: `A4`, `A5 landscape`, `50mm 30mm`. */
export function sizeOf(css: string): Size {
  const words = css.split(' ');
  const [width, height] = NAMED[words[0]!] ?? words.map(word => Number(/^([\d.]+)mm$/.exec(word)?.[1]));
  if (!width || !height) throw new Error(`${css} is no size of a page`);
  const isTurned = words.includes('landscape');
  return { width: pixelsOf(isTurned ? height : width), height: pixelsOf(isTurned ? width : height) };
}

const NAME_LENGTH_MAX = 120;

/** The name of a file by what it shows, of characters that every system takes. */
export function fileNameOf(...words: string[]): string {
  const name = words.join('-').replace(/[\u0000-\u001f\u007f<>:"/\\|?*\s]+/g, '-');
  return `${[...name]
    .slice(0, NAME_LENGTH_MAX)
    .join('')
    .replace(/^[-.]+|[-.]+$/g, '')}.pdf`;
}
