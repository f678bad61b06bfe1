import type { Text } from '@/lib/text';
import type { NamedPiece } from './actions';
import type { Piece } from './api';

const UNKNOWN: Text = ['{code} 不是本工单的序列号。应扫描：{expected}', '{code} is no piece of this order. Expected: {expected}'];
const SCRAPPED: Text = ['{code} 已报废。应扫描：{expected}', '{code} is rejected. Expected: {expected}'];
const REPORTED: Text = [
  '{code} 在本工序已报过，返工请先按“返工”。应扫描：{expected}',
  '{code} was reported here before: press Rework if it is that. Expected: {expected}',
];
const BUILT_IN: Text = ['{code} 已装入其他产品。应扫描：{expected}', '{code} was built in before. Expected: {expected}'];

/** Whether a piece can be reported at an operation now. */
export const isOpen = (piece: Piece, operationId: string, isRework: boolean) => whyNot(piece, operationId, isRework) === null;

function whyNot(piece: Piece, operationId: string, isRework: boolean): Text | null {
  if (piece.state === 'Scrapped') return SCRAPPED;
  if (piece.state === 'BuiltIn') return BUILT_IN;
  return !isRework && piece.operationIds.includes(operationId) ? REPORTED : null;
}

/** What is wrong with a serial number that was scanned, or null: then it is one of the pieces that can be reported. */
export function refusalOf(
  code: string,
  pieces: readonly Piece[],
  operationId: string,
  isRework: boolean,
): { text: Text; values: { code: string; expected: string } } | null {
  const piece = pieces.find(one => one.serial === code);
  const text = piece ? whyNot(piece, operationId, isRework) : UNKNOWN;
  const open = pieces.filter(one => isOpen(one, operationId, isRework));
  const expected = open.length > 2 ? `${open[0]!.serial} … ${open.at(-1)!.serial}` : open.map(one => one.serial).join(', ');
  return text && { text, values: { code, expected: expected || '–' } };
}

/** Names a piece with its result; the same again takes it out. */
export const toggled = (named: readonly NamedPiece[], piece: NamedPiece): NamedPiece[] => {
  const others = named.filter(one => one.serial !== piece.serial);
  const before = named.find(one => one.serial === piece.serial);
  return before?.result === piece.result ? others : [...others, piece];
};

export const countOf = (named: readonly NamedPiece[], result: NamedPiece['result']) =>
  named.filter(one => one.result === result).length;
