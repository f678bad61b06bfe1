import type { Block, Colour, Mark, Picture } from './marks';
import type { Weight } from './fonts';

/** Of the font, in its em: where the browser has the line on which letters stand. */
const ASCENT = 1.16;
const SHARPNESS = 8;
const JPEG_QUALITY = 0.92;
const BLOCKS = '.paper-head, dl > div, p, tr';

type Place = Pick<Mark, 'left' | 'top' | 'width' | 'height'>;

export interface Layout {
  marks: Mark[];
  blocks: Block[];
  width: number;
  height: number;
  /** Whether what reaches over the edge is not seen. */
  isClipped: boolean;
}

/** What the browser laid out of a paper, as marks, and what no page may cut; `has` tells whether the font has a character. */
export function readLayout(paper: HTMLElement, has: (code: number, weight: Weight) => boolean): Layout {
  const marks: Mark[] = [];
  const origin = paper.getBoundingClientRect();
  const within = (box: DOMRect): Place => ({
    left: box.left - origin.left,
    top: box.top - origin.top,
    width: box.width,
    height: box.height,
  });
  const walker = document.createTreeWalker(paper, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = paper; node; node = walker.nextNode()) {
    if (node instanceof Text) marks.push(...textsOf(node, within, has));
    else if (node instanceof SVGPathElement) marks.push(drawingOf(node, within, origin));
    else if (node instanceof HTMLImageElement) marks.push(...pictureOf(node, within), ...bordersOf(node, within));
    else if (node instanceof HTMLElement) marks.push(...bordersOf(node, within));
  }
  const blocks = [...paper.querySelectorAll(BLOCKS)].map(block => blockOf(block, within));
  return { marks, blocks, width: origin.width, height: origin.height, isClipped: getComputedStyle(paper).overflow === 'hidden' };
}

type Within = (box: DOMRect) => Place;

function blockOf(block: Element, within: Within): Block {
  const { top, height } = within(block.getBoundingClientRect());
  const table = block.closest('tbody')?.parentElement;
  const head = table?.querySelector('thead');
  if (block.closest('thead')) {
    // A head alone at the end of a page tells nothing
    const first = block.closest('table')?.querySelector('tbody tr') ?? block;
    const { top: firstTop, height: firstHeight } = within(first.getBoundingClientRect());
    return { top, bottom: firstTop + firstHeight };
  }
  const place = head ? within(head.getBoundingClientRect()) : undefined;
  return { top, bottom: top + height, head: place ? { top: place.top, bottom: place.top + place.height } : undefined };
}

function* textsOf(node: Text, within: Within, has: (code: number, weight: Weight) => boolean): Generator<Mark> {
  const style = getComputedStyle(node.parentElement!);
  const weight: Weight = Number(style.fontWeight) >= 600 ? 700 : 400;
  const size = parseFloat(style.fontSize);
  const range = document.createRange();
  let line: { text: string; place: Place } | null = null;
  const markOf = ({ text, place }: { text: string; place: Place }): Mark => {
    const baseline = place.top + (place.height - Math.round(size * 1.448)) / 2 + Math.round(size * ASCENT);
    const colour = colourOf(style.color) ?? [0, 0, 0];
    return { kind: 'text', ...place, middle: place.top + place.height / 2, text, baseline, size, weight, colour };
  };
  let at = 0;
  for (const letter of node.data) {
    range.setStart(node, at);
    range.setEnd(node, (at += letter.length));
    const box = [...range.getClientRects()].at(-1);
    if (!box || (box.width === 0 && letter.trim() === '')) continue; // between lines, or one of several spaces
    const place = within(box);
    const text = letter.trim() === '' ? ' ' : letter;
    if (!has(text.codePointAt(0)!, weight)) {
      if (line) yield markOf(line);
      line = null;
      yield markOf({ text, place });
      yield { kind: 'picture', ...place, middle: place.top + place.height / 2, jpeg: letterOf(letter, style, place) };
    } else if (line && Math.abs(line.place.top - place.top) < 1 && place.left >= line.place.left) {
      line.text += text;
      line.place.width = place.left + place.width - line.place.left;
    } else {
      if (line) yield markOf(line);
      line = { text, place };
    }
  }
  if (line) yield markOf(line);
}

/** A letter that our font lacks, as this computer has it. */
function letterOf(letter: string, style: CSSStyleDeclaration, { width, height }: Place): Promise<Picture> {
  return jpegOf(width * SHARPNESS, height * SHARPNESS, context => {
    context.scale(SHARPNESS, SHARPNESS);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.textBaseline = 'middle';
    context.fillStyle = style.color;
    context.fillText(letter, 0, height / 2);
  });
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

function* bordersOf(element: HTMLElement, within: Within): Generator<Mark> {
  const style = getComputedStyle(element);
  const { left, top, width, height } = within(element.getBoundingClientRect());
  // Of a table whose borders are one, each lies half in either cell
  const outside = style.borderCollapse === 'collapse' && style.display === 'table-cell' ? 0.5 : 0;
  for (const side of SIDES) {
    const thick = parseFloat(style.getPropertyValue(`border-${side}-width`));
    const colour = colourOf(style.getPropertyValue(`border-${side}-color`));
    if (!(thick > 0) || !colour || style.getPropertyValue(`border-${side}-style`) === 'none') continue;
    const out = thick * outside;
    const [right, bottom] = [left + width + out - thick, top + height + out - thick];
    const place = {
      left: side === 'right' ? right : left - out,
      top: side === 'bottom' ? bottom : top - out,
      width: side === 'left' || side === 'right' ? thick : width + 2 * out,
      height: side === 'top' || side === 'bottom' ? thick : height + 2 * out,
    };
    yield { kind: 'line', ...place, middle: top + height / 2, colour };
  }
}

function drawingOf(path: SVGPathElement, within: Within, origin: DOMRect): Mark {
  const style = getComputedStyle(path);
  const place = within(path.ownerSVGElement!.getBoundingClientRect());
  const { a, b, c, d, e, f } = path.getScreenCTM()!;
  const stroke = colourOf(style.stroke);
  return {
    kind: 'drawing',
    ...place,
    middle: place.top + place.height / 2,
    matrix: [a, b, c, d, e - origin.left, f - origin.top],
    path: path.getAttribute('d') ?? '',
    // What is but a line has no inside, of which some readers draw a hair
    fill: stroke ? null : colourOf(style.fill),
    stroke,
    thick: parseFloat(style.strokeWidth),
    isEvenOdd: style.fillRule === 'evenodd',
  };
}

function* pictureOf(image: HTMLImageElement, within: Within): Generator<Mark> {
  const box = within(image.getBoundingClientRect());
  const { naturalWidth, naturalHeight } = image;
  if (naturalWidth === 0 || box.width === 0) return; // what it would show could not be read
  const scale = Math.min(box.width / naturalWidth, box.height / naturalHeight);
  const [width, height] = [naturalWidth * scale, naturalHeight * scale];
  yield {
    kind: 'picture',
    left: box.left + (box.width - width) / 2,
    top: box.top + (box.height - height) / 2,
    width,
    height,
    middle: box.top + box.height / 2,
    jpeg: jpegOf(naturalWidth, naturalHeight, context => context.drawImage(image, 0, 0)),
  };
}

async function jpegOf(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): Promise<Picture> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.ceil(width));
  canvas.height = Math.max(1, Math.ceil(height));
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  draw(context);
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
  if (!blob) throw new Error('no picture could be made');
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height };
}

/** A colour as computed styles have it; nothing for none and what lets all through. */
export function colourOf(css: string): Colour | null {
  const [red, green, blue, opacity = 1] = css.startsWith('rgb') ? css.match(/[\d.]+/g)!.map(Number) : [];
  return red === undefined || opacity === 0 ? null : [red / 255, green! / 255, blue! / 255];
}
