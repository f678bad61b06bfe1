import type { Characteristic, Finding } from './api';
import { press, type Typed } from './counting';
import { rounded } from './queue/entries';

/** What a value says of its piece, before the server has judged it: the colour and the word it is shown in. */
export type Tone = 'within' | 'near' | 'out';

const PART_NEAR = 0.1;
const DECIMALS_MAX = 6;

const isBeyond = (value: number, lowest?: number | null, highest?: number | null) =>
  value < (lowest ?? -Infinity) || value > (highest ?? Infinity);

/** Out of a limit, near one (beyond its warning limit; where it has none, in the tenth of the tolerance beside it), or within. */
export function toneOf(of: Characteristic, value: number): Tone {
  const { nominal, lowerLimit, upperLimit } = of;
  if (isBeyond(value, lowerLimit, upperLimit)) return 'out';
  const tolerance = (upperLimit ?? nominal ?? lowerLimit ?? 0) - (lowerLimit ?? nominal ?? upperLimit ?? 0);
  const beside = (limit: number | null | undefined, part: number) => (limit == null ? null : rounded(limit + tolerance * part));
  const lowest = of.lowerWarning ?? beside(lowerLimit, PART_NEAR);
  const highest = of.upperWarning ?? beside(upperLimit, -PART_NEAR);
  return isBeyond(value, lowest, highest) ? 'near' : 'within';
}

/** A measured value is typed like a quantity, and may be below zero. */
export function pressValue(typed: Typed, key: string): Typed {
  const isBelow = !typed.isProposed && typed.text.startsWith('-');
  const digits = typed.text.replace('-', '');
  if (key === '-' || key === '±') return { text: isBelow ? digits : `-${typed.isProposed ? '' : digits}`, isProposed: false };
  if (key === 'Backspace' && digits === '') return { text: '', isProposed: false };
  if (/^\d$/.test(key) && !typed.isProposed && (digits.split('.')[1]?.length ?? 0) >= DECIMALS_MAX) return typed;
  const next = press({ text: digits, isProposed: typed.isProposed }, key);
  return { ...next, text: isBelow ? `-${next.text}` : next.text };
}

/** The value that is typed; null where it is none yet. */
export const valueOf = (text: string): number | null => (/\d/.test(text) ? Number(text) : null);

/** Where a finding belongs. */
export const placeOf = (sample: number, characteristic: string) => `${sample} ${characteristic}`;
/** What was found at each place: a number, or `true` and `false` of what is looked at; proposed where the server has it. */
export type Found = Readonly<Record<string, Typed>>;

/** What is known of one place. */
export const findingOf = (of: Characteristic, sample: number, found: Found): Finding | null => {
  const { text } = found[placeOf(sample, of.code)] ?? { text: '' };
  if (of.type === 'Attribute') return text === '' ? null : { sample, characteristic: of.code, conforms: text === 'true' };
  const value = valueOf(text);
  return value === null ? null : { sample, characteristic: of.code, value };
};

/** All findings that the server does not have, and how many places are left. */
export function findingsOf(characteristics: readonly Characteristic[], sampleSize: number, found: Found) {
  const places = Array.from({ length: sampleSize }, (_, at) => characteristics.map(of => ({ of, sample: at + 1 }))).flat();
  const known = places.map(({ of, sample }) => ({ finding: findingOf(of, sample, found), of, sample }));
  return {
    findings: known.flatMap(({ finding, of, sample }) =>
      finding && !found[placeOf(sample, of.code)]?.isProposed ? [finding] : [],
    ),
    missing: known.filter(({ finding }) => finding === null).length,
  };
}
