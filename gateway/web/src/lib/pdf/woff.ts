/** A TrueType font out of a WOFF file, as far as text in a PDF needs it. */
export interface Face {
  /** The glyphs of the characters that it has. */
  glyphs: Map<number, number>;
  tables: Record<string, DataView>;
  metricOf(glyph: number): { advance: number; bearing: number };
  /** How the glyph is drawn: empty for a space. */
  outlineOf(glyph: number): Uint8Array;
}

const DIRECTORY_AT = 44;
const ENTRY_LENGTH = 20;

export async function readWoff(file: ArrayBuffer): Promise<Face> {
  const head = new DataView(file);
  if (head.getUint32(0) !== 0x774f4646) throw new Error('no WOFF file');
  const tables: Record<string, DataView> = {};
  for (let index = 0; index < head.getUint16(12); index++) {
    const at = DIRECTORY_AT + index * ENTRY_LENGTH;
    const [offset, packed, length] = [head.getUint32(at + 4), head.getUint32(at + 8), head.getUint32(at + 12)];
    const bytes = new Uint8Array(file, offset, packed);
    const name = String.fromCharCode(...new Uint8Array(file, at, 4));
    tables[name] = viewOf(packed < length ? await inflate(bytes) : bytes);
  }
  return faceOf(tables);
}

function faceOf(tables: Record<string, DataView>): Face {
  const { cmap, head, hhea, hmtx, loca, glyf } = tables;
  if (!cmap || !head || !hhea || !hmtx || !loca || !glyf) throw new Error('no TrueType font');
  const metrics = hhea.getUint16(34);
  const isLong = head.getInt16(50) === 1;
  const startOf = (glyph: number) => (isLong ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  return {
    tables,
    glyphs: charactersOf(cmap),
    metricOf: glyph => ({
      advance: hmtx.getUint16(Math.min(glyph, metrics - 1) * 4),
      bearing: hmtx.getInt16(glyph < metrics ? glyph * 4 + 2 : metrics * 4 + (glyph - metrics) * 2),
    }),
    outlineOf: glyph => new Uint8Array(glyf.buffer, glyf.byteOffset + startOf(glyph), startOf(glyph + 1) - startOf(glyph)),
  };
}

function charactersOf(cmap: DataView): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < cmap.getUint16(2); index++) {
    const table = new DataView(cmap.buffer, cmap.byteOffset + cmap.getUint32(8 + index * 8));
    const format = table.getUint16(0);
    if (format === 4) readSegments(table, glyphs);
    if (format === 12) readGroups(table, glyphs);
  }
  return glyphs;
}

function readSegments(table: DataView, glyphs: Map<number, number>) {
  const length = table.getUint16(6);
  const [starts, deltas, offsets] = [16 + length, 16 + 2 * length, 16 + 3 * length];
  for (let at = 0; at < length; at += 2) {
    const [end, start, offset] = [table.getUint16(14 + at), table.getUint16(starts + at), table.getUint16(offsets + at)];
    for (let code = start; code <= end && code < 0xffff; code++) {
      const found = offset === 0 ? code : table.getUint16(offsets + at + offset + (code - start) * 2);
      const glyph = found === 0 ? 0 : (found + table.getUint16(deltas + at)) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readGroups(table: DataView, glyphs: Map<number, number>) {
  for (let index = 0; index < table.getUint32(12); index++) {
    const at = 16 + index * 12;
    const [start, end, glyph] = [table.getUint32(at), table.getUint32(at + 4), table.getUint32(at + 8)];
    for (let code = start; code <= end; code++) glyphs.set(code, glyph + code - start);
  }
}

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const inflate = (bytes: Uint8Array<ArrayBuffer>) => through(bytes, new DecompressionStream('deflate'));

export const deflate = (bytes: Uint8Array<ArrayBuffer>) => through(bytes, new CompressionStream('deflate'));

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const writer = stream.writable.getWriter();
  // Awaited by what reads: a stream holds little
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}
