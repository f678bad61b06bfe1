import { describe, expect, it } from 'vitest';
import type { Block, Mark } from './marks';
import { marksOn, pagesOf } from './pages';

const head = { top: 10, bottom: 20 };
const rows = (count: number): Block[] =>
  Array.from({ length: count }, (_, index) => ({ top: 20 + index * 10, bottom: 30 + index * 10, head }));
const line = (top: number): Mark => ({ kind: 'line', left: 0, top, width: 1, height: 10, middle: top + 5, colour: [0, 0, 0] });

describe('A paper', () => {
  it('that fits is one page, also where it is empty', () => {
    expect(pagesOf(100, 100, rows(8))).toEqual([{ from: 0, to: 100, head: undefined }]);
    expect(pagesOf(0, 100, [])).toHaveLength(1);
  });

  it('that is longer goes on at a row, under the head of its table', () => {
    const parts = pagesOf(20 + 12 * 10, 55, rows(12));
    expect(parts).toEqual([
      { from: 0, to: 50, head: undefined },
      { from: 50, to: 90, head },
      { from: 90, to: 130, head },
      { from: 130, to: 140, head },
    ]);
  });

  it('is cut where one thing is longer than a page', () => {
    expect(pagesOf(250, 100, [{ top: 0, bottom: 250 }]).map(part => part.to)).toEqual([100, 200, 250]);
    expect(pagesOf(30, 8, rows(1)).at(-1)).toMatchObject({ to: 30 });
  });

  it('has each of its marks once, besides the heads', () => {
    const marks = [line(10), ...rows(12).map(row => line(row.top))];
    const pages = pagesOf(140, 55, rows(12)).map(part => marksOn(part, marks).map(mark => mark.top));
    expect(pages).toEqual([
      [10, 20, 30, 40],
      [0, 10, 20, 30, 40],
      [0, 10, 20, 30, 40],
      [0, 10],
    ]);
  });
});
