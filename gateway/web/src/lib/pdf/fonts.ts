import unicode from '@fontsource/noto-sans-sc/unicode.json';
import { Problem } from '@/lib/api/client';
import { readWoff, type Face } from './woff';

/** Each file has some hundred characters: a paper asks our server for those alone that it shows. */
const FILES = import.meta.glob<string>('/node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-[47]00-normal.woff', {
  query: '?url',
  import: 'default',
  eager: true,
});

export type Weight = 400 | 700;

/** The name of the fonts' family for the layout; the layout of papers names it too, in app.css. */
export const FAMILY = 'Paper';

const slices = Object.entries(unicode as Record<string, string>).map(([name, ranges]) => ({
  name: name.replace(/[[\]]/g, ''),
  ranges: ranges.split(',').map(range =>
    range
      .replace(/U\+/i, '')
      .split('-')
      .map(code => parseInt(code, 16)),
  ),
  unicodeRange: ranges,
}));

type Slice = (typeof slices)[number];

const has = ({ ranges }: Slice, code: number) => ranges.some(([from, to]) => code >= from! && code <= (to ?? from!));

const faces = new Map<string, Promise<Face>>();

/** Reads a file once: the font of the layout and that of the document are the same. */
function read(slice: Slice, weight: Weight): Promise<Face> {
  const path = `/node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-${slice.name}-${weight}-normal.woff`;
  const known = faces.get(path);
  if (known) return known;
  const reading = load(FILES[path]!, slice.unicodeRange, weight);
  reading.catch(() => faces.delete(path)); // the next print tries again
  faces.set(path, reading);
  return reading;
}

async function load(address: string, unicodeRange: string, weight: Weight): Promise<Face> {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) throw new Problem(answer?.status ?? 0, { code: 'unreachable' });
  const file = await answer.arrayBuffer();
  document.fonts.add(await new FontFace(FAMILY, file, { weight: String(weight), unicodeRange }).load());
  return await readWoff(file);
}

/** The fonts that have the characters of a text, ready for the layout: for each weight, what has a character. */
export async function fontsFor(text: string): Promise<Record<Weight, (code: number) => Face | undefined>> {
  const codes = new Set([...text].map(letter => letter.codePointAt(0)!).concat(32));
  const wanted = slices.filter(slice => [...codes].some(code => has(slice, code)));
  const of = async (weight: Weight) => {
    const loaded = await Promise.all(wanted.map(slice => read(slice, weight)));
    return (code: number) => loaded.find(face => face.glyphs.has(code));
  };
  const [regular, bold] = await Promise.all([of(400), of(700)]);
  return { 400: regular, 700: bold };
}
