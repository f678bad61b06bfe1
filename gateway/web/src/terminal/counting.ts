import { rounded } from './queue/entries';

/** What is typed on the keypad: a text, so that a point and zeros at the end stay. The first key replaces what was proposed. */
export interface Typed {
  text: string;
  isProposed: boolean;
}

const DIGITS_MAX = 12;

export const amountOf = (text: string): number => Number(text) || 0;

export function press({ text, isProposed }: Typed, key: string): Typed {
  const before = isProposed ? '' : text;
  if (key === 'Backspace') return { text: isProposed ? '' : text.slice(0, -1), isProposed: false };
  if (key.startsWith('+')) return { text: String(rounded(amountOf(text) + Number(key.slice(1)))), isProposed: false };
  if (key === '.' || key === ',') return { text: before.includes('.') ? before : `${before || '0'}.`, isProposed: false };
  if (!/^\d$/.test(key) || before.length >= DIGITS_MAX) return { text, isProposed };
  return { text: before === '0' ? key : before + key, isProposed: false };
}

/** What the operation still owes, less what this report calls otherwise. */
export const restOf = (open: number, ...others: number[]) =>
  Math.max(0, rounded(open - others.reduce((sum, one) => sum + one, 0)));

/** Pieces between two readings of a counter; one that has turned over (99999 → 00012) went on from zero. */
export function piecesOf(start: string, end: string): number | null {
  if (!/^\d+$/.test(start) || !/^\d+$/.test(end)) return null;
  const [from, to] = [Number(start), Number(end)];
  if (to >= from) return to - from;
  const turn = 10 ** start.length;
  return start.length === end.length && start.startsWith('9') ? turn - from + to : null;
}
