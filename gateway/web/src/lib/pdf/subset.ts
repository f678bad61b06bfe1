import { type Face, viewOf } from './woff';

const MAXIMA_AT = 6;
const IS_WORDS = 1;
const IS_SCALED = 8;
const IS_FOLLOWED = 0x20;
const IS_SCALED_TWICE = 0x40;
const IS_TURNED = 0x80;

interface Glyph {
  outline: Uint8Array;
  advance: number;
  bearing: number;
  /** What it says, where it is a character and no part of one. */
  code?: number;
}

/** One font of the few characters that a document uses, out of the many files in which a Chinese font comes. */
export class Subset {
  readonly glyphs: Glyph[] = [];
  private readonly taken = new Map<string, number>();
  private readonly faces: Face[] = [];

  /** The faces of a weight, of which each has some of the characters. */
  constructor(private readonly faceOf: (code: number) => Face | undefined) {
    const latin = faceOf(32);
    if (!latin) throw new Error('no font');
    this.take(latin, 0);
  }

  /** The glyph of a character; what the font lacks gets an empty one, so that it can be copied out of the document. */
  glyphOf(code: number): number {
    const face = this.faceOf(code);
    if (face) return this.take(face, face.glyphs.get(code)!, code);
    const key = `lacks ${code}`;
    return this.taken.get(key) ?? this.add(key, { outline: new Uint8Array(), advance: 1000, bearing: 0, code });
  }

  private take(face: Face, source: number, code?: number): number {
    if (!this.faces.includes(face)) this.faces.push(face);
    // A character of its own for each code: two that look alike must not be copied out as the same
    const key = `${this.faces.indexOf(face)} ${source} ${code ?? ''}`;
    const known = this.taken.get(key);
    if (known !== undefined) return known;
    const outline = face.outlineOf(source).slice();
    const glyph = this.add(key, { outline, ...face.metricOf(source), code });
    for (const at of componentsOf(outline)) viewOf(outline).setUint16(at, this.take(face, viewOf(outline).getUint16(at)));
    return glyph;
  }

  private add(key: string, glyph: Glyph): number {
    this.taken.set(key, this.glyphs.length);
    return this.glyphs.push(glyph) - 1;
  }

  /** The font's file, and what a document says of it. */
  build() {
    const { tables } = this.faces[0]!;
    const count = this.glyphs.length;
    const [head, hhea, maxp] = [copyOf(tables.head!), copyOf(tables.hhea!), copyOf(tables.maxp!)];
    viewOf(head).setInt16(50, 1); // long offsets
    viewOf(hhea).setUint16(34, count);
    for (let at = MAXIMA_AT; at < maxp.length; at += 2)
      viewOf(maxp).setUint16(at, Math.max(...this.faces.map(face => face.tables.maxp!.getUint16(at))));
    viewOf(maxp).setUint16(4, count);
    const metrics = new DataView(new ArrayBuffer(count * 4));
    const places = new DataView(new ArrayBuffer(count * 4 + 4));
    const outlines: Uint8Array[] = [];
    let end = 0;
    this.glyphs.forEach(({ outline, advance, bearing }, index) => {
      metrics.setUint16(index * 4, advance);
      metrics.setInt16(index * 4 + 2, bearing);
      outlines.push(outline, new Uint8Array(-outline.length & 3));
      end += (outline.length + 3) & ~3;
      places.setUint32(index * 4 + 4, end);
    });
    return {
      bytes: fileOf({ glyf: join(outlines), head, hhea, hmtx: copyOf(metrics), loca: copyOf(places), maxp }),
      ascent: viewOf(hhea).getInt16(4),
      descent: viewOf(hhea).getInt16(6),
      box: [36, 38, 40, 42].map(at => viewOf(head).getInt16(at)),
    };
  }
}

/** Where an outline that is put together of others names them. */
function* componentsOf(outline: Uint8Array) {
  const view = viewOf(outline);
  if (outline.length === 0 || view.getInt16(0) >= 0) return;
  for (let at = 10, flags = IS_FOLLOWED; flags & IS_FOLLOWED;) {
    flags = view.getUint16(at);
    yield at + 2;
    at += flags & IS_WORDS ? 8 : 6;
    at += flags & IS_SCALED ? 2 : flags & IS_SCALED_TWICE ? 4 : flags & IS_TURNED ? 8 : 0;
  }
}

function fileOf(tables: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const names = Object.keys(tables).sort();
  const power = 2 ** Math.floor(Math.log2(names.length));
  const head = new DataView(new ArrayBuffer(12 + names.length * 16));
  head.setUint32(0, 0x00010000);
  [names.length, power * 16, Math.log2(power), (names.length - power) * 16].forEach((value, index) =>
    head.setUint16(4 + index * 2, value),
  );
  let offset = head.byteLength;
  const parts = [copyOf(head)];
  names.forEach((name, index) => {
    const table = tables[name]!;
    const padded = join([table, new Uint8Array(-table.length & 3)]);
    const at = 12 + index * 16;
    [...name].forEach((letter, place) => head.setUint8(at + place, letter.charCodeAt(0)));
    [sumOf(padded), offset, table.length].forEach((value, place) => head.setUint32(at + 4 + place * 4, value));
    offset += padded.length;
    parts.push(padded);
  });
  parts[0] = copyOf(head);
  return join(parts);
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + viewOf(bytes).getUint32(at)) >>> 0;
  return sum;
}

const copyOf = (view: DataView) => new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength).slice();

export function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
