import { contentOf } from './content';
import type { Weight } from './fonts';
import type { Layout } from './layout';
import type { Picture } from './marks';
import { marksOn, pagesOf } from './pages';
import { pointsOf, type Size } from './size';
import type { Subset } from './subset';
import { hex, hexOf, PdfFile, textOf } from './writer';

const WEIGHTS: Weight[] = [400, 700];
const NAMES = { 400: 'MESPDF+NotoSansSC-Regular', 700: 'MESPDF+NotoSansSC-Bold' };
const MAPPED_MAX = 100;

type Fonts = Record<Weight, Subset>;
type Page = Size & { margin: number };
type Pictures = Map<Promise<Picture>, number>;

const ref = (number: number) => `${number} 0 R`;

/** The file: each layout on a page of its own, or on several where it is long. */
export async function writePdf(layouts: Layout[], page: Page, fonts: Fonts, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = new PdfFile();
  const [pages, resources] = [file.reserve(), file.reserve()];
  const pictures: Pictures = new Map();
  for (const { jpeg } of layouts.flatMap(layout => layout.marks).filter(mark => mark.kind === 'picture'))
    pictures.set(jpeg, await putPicture(file, await jpeg));
  const box = `[0 0 ${pointsOf(page.width).toFixed(3)} ${pointsOf(page.height).toFixed(3)}]`;
  const kids: number[] = [];
  for (const content of layouts.flatMap(layout => contentsOf(layout, page, fonts, pictures))) {
    const stream = ref(await file.putStream(content));
    kids.push(
      file.put(`<< /Type /Page /Parent ${ref(pages)} /MediaBox ${box} /Resources ${ref(resources)} /Contents ${stream} >>`),
    );
  }
  file.put(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map(ref).join(' ')}] >>`, pages);
  const named = [...pictures.values()].map(number => `/P${number} ${ref(number)}`).join(' ');
  const used: string[] = [];
  for (const weight of WEIGHTS) used.push(`/F${weight} ${ref(await putFont(file, NAMES[weight], fonts[weight]))}`);
  file.put(`<< /Font << ${used.join(' ')} >> /XObject << ${named} >> >>`, resources);
  return file.build(putCatalogue(file, pages), putInfo(file, title));
}

function contentsOf(layout: Layout, page: Page, fonts: Fonts, pictures: Pictures): string[] {
  const [scale, margin] = [pointsOf(1), pointsOf(page.margin)];
  // From here on in pixels, from the upper left corner within the margin
  const place = `${scale} 0 0 ${-scale} ${margin} ${pointsOf(page.height) - margin} cm`;
  const clip = layout.isClipped ? `0 0 ${layout.width} ${layout.height} re W n` : '';
  return pagesOf(layout.height, page.height - 2 * page.margin, layout.blocks).map(
    part => `${place} ${clip}\n${contentOf(marksOn(part, layout.marks), fonts, ({ jpeg }) => `P${pictures.get(jpeg)}`)}`,
  );
}

function putPicture(file: PdfFile, { bytes, width, height }: Picture): Promise<number> {
  const kind = '/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode';
  return file.putStream(bytes, `${kind} /Width ${width} /Height ${height}`, true);
}

async function putFont(file: PdfFile, name: string, font: Subset): Promise<number> {
  const { ascent, descent, box, bytes } = font.build();
  const data = ref(await file.putStream(bytes, `/Length1 ${bytes.length}`));
  const descriptor = file.put(
    `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [${box.join(' ')}] /ItalicAngle 0` +
      ` /Ascent ${ascent} /Descent ${descent} /CapHeight 733 /StemV 80 /FontFile2 ${data} >>`,
  );
  const widths = font.glyphs.map(glyph => glyph.advance).join(' ');
  const glyphs = file.put(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /FontDescriptor ${ref(descriptor)} /CIDToGIDMap /Identity` +
      ` /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [0 [${widths}]] >>`,
  );
  const characters = ref(await file.putStream(charactersOf(font)));
  return file.put(
    `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${ref(glyphs)}]` +
      ` /ToUnicode ${characters} >>`,
  );
}

/** Which character each glyph is, so that text can be searched and copied. */
function charactersOf(font: Subset): string {
  const lines = font.glyphs.flatMap(({ code }, glyph) =>
    code === undefined ? [] : [`<${hex(glyph)}> <${hexOf(String.fromCodePoint(code))}>`],
  );
  const parts: string[] = [];
  for (let at = 0; at < lines.length; at += MAPPED_MAX) {
    const some = lines.slice(at, at + MAPPED_MAX);
    parts.push(`${some.length} beginbfchar`, ...some, 'endbfchar');
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...parts,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

/** A reader shows the title and, asked to print, does not scale: labels have their size. */
const putCatalogue = (file: PdfFile, pages: number) =>
  file.put(
    `<< /Type /Catalog /Pages ${ref(pages)} /Lang ${textOf(document.documentElement.lang)}` +
      ' /ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>',
  );

const putInfo = (file: PdfFile, title: string) =>
  file.put(
    `<< /Title ${textOf(title)} /Producer (Mes) /CreationDate (D:${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}Z) >>`,
  );
