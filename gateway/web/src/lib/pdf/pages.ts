import type { Block, Mark } from './marks';

/** A part of a paper that is longer than a page: from where to where it goes, and the head of a table that goes on. */
export interface Part {
  from: number;
  to: number;
  head?: { top: number; bottom: number };
}

const ROUNDING = 0.5;

/** Divides a paper of this length into pages; what is longer than a page is cut. */
export function pagesOf(length: number, page: number, blocks: Block[]): Part[] {
  const parts: Part[] = [];
  const sorted = blocks.toSorted((one, other) => one.top - other.top);
  for (let from = 0, head: Part['head']; parts.length === 0 || from < length - ROUNDING;) {
    const room = page - (head ? head.bottom - head.top : 0);
    const limit = from + (room > 0 ? room : page);
    const [start, end] = [from + ROUNDING, limit + ROUNDING];
    const cut = sorted.find(({ top, bottom }) => top > start && top < limit && bottom > end && bottom - top < page);
    const to = length <= end ? length : (cut?.top ?? limit);
    parts.push({ from, to, head });
    head = sorted.find(block => block.head && Math.abs(block.top - to) < ROUNDING)?.head;
    from = to;
  }
  return parts;
}

/** The marks of a part, from the top of its page; the head of its table above them. */
export function marksOn({ from, to, head }: Part, marks: Mark[]): Mark[] {
  const between = (top: number, bottom: number) => marks.filter(({ middle }) => middle >= top && middle < bottom);
  const repeated = head ? between(head.top, head.bottom).map(mark => moved(mark, -head.top)) : [];
  const down = (head ? head.bottom - head.top : 0) - from;
  return [...repeated, ...between(from, to).map(mark => moved(mark, down))];
}

function moved(mark: Mark, down: number): Mark {
  const top = mark.top + down;
  if (mark.kind === 'text') return { ...mark, top, baseline: mark.baseline + down };
  if (mark.kind === 'drawing') return { ...mark, top, matrix: mark.matrix.with(5, mark.matrix[5]! + down) };
  return { ...mark, top };
}
