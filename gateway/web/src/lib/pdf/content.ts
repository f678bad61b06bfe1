import type { Colour, Mark } from './marks';
import type { Subset } from './subset';
import { hex } from './writer';
import type { Weight } from './fonts';

const number = (value: number) => String(Number(value.toFixed(4)));
const numbers = (...values: number[]) => values.map(number).join(' ');

/** What a page shows, in the operators of PDF; `nameOf` names a picture. */
export function contentOf(
  marks: Mark[],
  fonts: Record<Weight, Subset>,
  nameOf: (picture: Mark & { kind: 'picture' }) => string,
): string {
  return marks.map(mark => `q ${operatorsOf(mark, fonts, nameOf)} Q`).join('\n');
}

function operatorsOf(mark: Mark, fonts: Record<Weight, Subset>, nameOf: (picture: Mark & { kind: 'picture' }) => string): string {
  const { left, top, width, height } = mark;
  switch (mark.kind) {
    case 'line':
      return `${filled(mark.colour)} ${numbers(left, top, width, height)} re f`;
    case 'picture':
      return `${numbers(width, 0, 0, -height, left, top + height)} cm /${nameOf(mark)} Do`;
    case 'drawing': {
      const colours = [mark.fill && filled(mark.fill), mark.stroke && `${numbers(...mark.stroke)} RG ${number(mark.thick)} w`];
      const paint = mark.stroke ? 'S' : mark.fill ? (mark.isEvenOdd ? 'f*' : 'f') : 'n';
      return [`${numbers(...mark.matrix)} cm`, ...colours.filter(Boolean), pathOf(mark.path), paint].join(' ');
    }
    case 'text':
      return wordsOf(mark, fonts[mark.weight]);
  }
}

const filled = (colour: Colour) => `${numbers(...colour)} rg`;

/** A line of text, as wide as the browser has it. */
function wordsOf(mark: Mark & { kind: 'text' }, font: Subset): string {
  const glyphs = [...mark.text].map(letter => font.glyphOf(letter.codePointAt(0)!));
  const natural = (glyphs.reduce((sum, glyph) => sum + font.glyphs[glyph]!.advance, 0) * mark.size) / 1000;
  const stretch = natural > 0 && mark.width > 0 ? (mark.width / natural) * 100 : 100;
  return [
    `BT ${filled(mark.colour)} /F${mark.weight} ${number(mark.size)} Tf ${number(stretch)} Tz`,
    `${numbers(1, 0, 0, -1, mark.left, mark.baseline)} Tm <${glyphs.map(hex).join('')}> Tj ET`,
  ].join(' ');
}

const STEPS: Record<string, string> = { M: 'm', L: 'l', Z: 'h' };

/** A path of straight lines, of which codes are. */
export function pathOf(path: string): string {
  const rest = path.replace(/([MLZ])([^A-Za-z]*)/g, (_, step: string, at: string) => {
    const place = at
      .trim()
      .split(/[\s,]+/)
      .join(' ');
    return `${place} ${STEPS[step]!} `;
  });
  if (/[^mlh\d\s.e-]/.test(rest)) throw new Error(`a path of more than lines: ${path}`);
  return rest.trim().replace(/\s+/g, ' ');
}
