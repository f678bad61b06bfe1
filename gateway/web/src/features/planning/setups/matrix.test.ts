import { describe, expect, it } from 'vitest';
import { begin, edited } from '@/lib/edits';
import { addFamily, blockOf, bodyOf, cellOf, copyOf, keyOf, matrixOf, paste, removeFamily, setCell, wrongIn } from './matrix';

const TIMES = {
  defaultSeconds: 600,
  changes: [
    { from: 'RED', to: 'BLUE', seconds: 1800 },
    { from: 'BLUE', to: 'RED', seconds: 900 },
  ],
};
const matrix = matrixOf(TIMES, ['GREEN', 'RED']);
const at = (from: string, to: string) => ({ from, to });

describe('A setup matrix', () => {
  it('has the families of its times and of the work at the unit, each once', () => {
    expect(matrix.families).toEqual(['BLUE', 'GREEN', 'RED']);
    expect(bodyOf(matrix)).toEqual({
      defaultSeconds: 600,
      changes: [
        { from: 'BLUE', to: 'RED', seconds: 900 },
        { from: 'RED', to: 'BLUE', seconds: 1800 },
      ],
    });
  });

  it.each([
    ['15', 15],
    ['15 min', 900],
    ['1:30:00', 5400],
    ['２０分', 1200],
    ['0', 0],
    ['  ', undefined],
    ['soon', 'soon'],
    ['1.5 s', '1.5 s'], // whole seconds are kept
    ['31 d', '31 d'],
    ['800 h', '800 h'],
  ])('reads %j as %j', (written, cell) => expect(cellOf(written)).toBe(cell));

  it('loses the times of a family that is taken out, and no others', () => {
    const other = setCell('GREEN', 'RED', 60)(matrix);
    expect(bodyOf(removeFamily('BLUE')(other)).changes).toEqual([{ from: 'GREEN', to: 'RED', seconds: 60 }]);
  });

  it('is copied whole from another unit, and keeps the families of its own', () => {
    const copied = copyOf({ defaultSeconds: 60, changes: [{ from: 'A', to: 'B', seconds: 5 }] })(matrix);
    expect(copied.families).toEqual(['A', 'B', 'BLUE', 'GREEN', 'RED']);
    expect(bodyOf(copied)).toEqual({ defaultSeconds: 60, changes: [{ from: 'A', to: 'B', seconds: 5 }] });
  });

  it('is as before after undo, cell by cell', () => {
    let session = begin(matrix);
    session = edited(session, { kind: 'apply', change: setCell('RED', 'GREEN', 5) });
    session = edited(session, { kind: 'apply', change: setCell('RED', 'GREEN', 5) }); // nothing new
    session = edited(session, { kind: 'apply', change: addFamily('X') });
    expect(session.past).toHaveLength(2);
    session = edited(edited(session, { kind: 'undo' }), { kind: 'undo' });
    expect(session.present).toBe(matrix);
  });
});

describe('A block from a spreadsheet', () => {
  it('with both headings goes to the families it names, and adds those that are new', () => {
    const block = blockOf('from\\to\tRED\tBLACK\r\nBLUE\t15\t1 h\r\nBLACK\t20\t\r\n');
    const { matrix: next, count, added } = paste(matrix, block, at('GREEN', 'GREEN'), 'min');
    expect([count, added]).toEqual([4, ['BLACK']]);
    expect(next.families).toEqual(['BLUE', 'GREEN', 'RED', 'BLACK']);
    expect(next.cells).toMatchObject({
      [keyOf('BLUE', 'RED')]: 900,
      [keyOf('BLUE', 'BLACK')]: 3600,
      [keyOf('BLACK', 'RED')]: 1200,
      [keyOf('RED', 'BLUE')]: 1800,
    });
    expect(next.cells).not.toHaveProperty([keyOf('BLACK', 'BLACK')]);
  });

  it('without headings goes on from the cell', () => {
    const { matrix: next, count } = paste(matrix, blockOf('1\t2\n3\t4'), at('GREEN', 'BLUE'), 's');
    expect(count).toBe(4);
    expect([next.cells[keyOf('GREEN', 'BLUE')], next.cells[keyOf('RED', 'GREEN')]]).toEqual([1, 4]);
  });

  it.each([
    ['a heading of columns', 'RED\tBLUE\n7\t8', [keyOf('GREEN', 'RED'), keyOf('GREEN', 'BLUE')]],
    ['a heading of rows', 'RED\t7\nBLUE\t8', [keyOf('RED', 'GREEN'), keyOf('BLUE', 'GREEN')]],
  ])('with %s alone takes the other way from the cell', (_, text, keys) => {
    const { matrix: next } = paste(matrix, blockOf(text), at('GREEN', 'GREEN'), 's');
    expect(keys.map(key => next.cells[key])).toEqual([7, 8]);
  });

  it('knows families that look like numbers', () => {
    const numbered = matrixOf({ defaultSeconds: 0, changes: [{ from: '10', to: '20', seconds: 5 }] });
    const { matrix: next, added } = paste(numbered, blockOf('\t10\t20\n10\t0\t6\n20\t7\t0'), null, 's');
    expect([added, next.cells[keyOf('10', '20')], next.cells[keyOf('20', '10')]]).toEqual([[], 6, 7]);
  });

  it('that does not fit, or whose headings cannot be families, changes nothing', () => {
    const large = paste(matrix, blockOf('1\t2\n3\t4'), at('RED', 'RED'), 's');
    expect([large.isTooLarge, large.matrix]).toEqual([true, matrix]);
    const odd = paste(matrix, blockOf('\t..\tBLUE\nRED\t1\t2'), null, 's');
    expect([odd.refused, odd.matrix]).toEqual([['..'], matrix]);
  });

  it('keeps what is no time to be seen, and is not sent', () => {
    const { matrix: next } = paste(matrix, blockOf('5\tn/a'), at('GREEN', 'BLUE'), 'min');
    expect(wrongIn(next)).toEqual([{ from: 'GREEN', to: 'GREEN', written: 'n/a' }]);
    expect(bodyOf(next).changes).toContainEqual({ from: 'GREEN', to: 'BLUE', seconds: 300 });
  });
});
