import Papa from 'papaparse';
import type { Answer, Body } from '@/lib/api/api';
import { isCode } from '@/lib/code';
import { parseDuration, writtenDuration } from '@/lib/duration';

/** What stands in a cell: seconds, or as it was written what is no time. */
export type Cell = number | string;

/** The setup times of a unit under way: a row for each family before, a column for each after. */
export interface Matrix {
  defaultSeconds: number;
  families: readonly string[];
  /** By `keyOf`; what is not here takes the default, and no time within a family. */
  cells: Readonly<Record<string, Cell>>;
}

const SECONDS_MAX = 30 * 86_400;

/** No code has a line break in it. */
export const keyOf = (from: string, to: string) => `${from}\n${to}`;

export const otherwiseOf = ({ defaultSeconds }: Matrix, from: string, to: string) => (from === to ? 0 : defaultSeconds);

type Times = Pick<Answer<'/api/scheduling/setup-times/{equipment}', 'get'>, 'defaultSeconds' | 'changes'>;

/** As it is kept, with the families besides that work on the unit needs. */
export function matrixOf({ defaultSeconds, changes }: Times, used: readonly string[] = []): Matrix {
  const families = new Set([...changes.flatMap(change => [change.from, change.to]), ...used]);
  return {
    defaultSeconds,
    families: [...families].sort((one, other) => one.localeCompare(other, undefined, { numeric: true })),
    cells: Object.fromEntries(changes.map(({ from, to, seconds }) => [keyOf(from, to), seconds])),
  };
}

/** As it is sent, in the order of the families' codes: nothing where the default holds. */
export const bodyOf = ({ defaultSeconds, families, cells }: Matrix): Body<'/api/scheduling/setup-times/{equipment}', 'put'> => {
  const sorted = [...families].sort();
  return {
    defaultSeconds,
    changes: sorted.flatMap(from =>
      sorted.flatMap(to => {
        const seconds = cells[keyOf(from, to)];
        return typeof seconds === 'number' ? [{ from, to, seconds }] : [];
      }),
    ),
  };
};

/** A time as people write it; what cannot be one stays as it was written. */
export function cellOf(written: string): Cell | undefined {
  const text = written.normalize('NFKC').trim();
  if (text === '') return undefined;
  const seconds = parseDuration(text);
  return seconds !== null && Number.isInteger(seconds) && seconds <= SECONDS_MAX ? seconds : text;
}

export const writtenOf = (cell: Cell | undefined) => (typeof cell === 'number' ? writtenDuration(cell) : (cell ?? ''));

/** The cells that are no times. */
export const wrongIn = ({ families, cells }: Matrix): { from: string; to: string; written: string }[] =>
  families.flatMap(from =>
    families.flatMap(to => {
      const cell = cells[keyOf(from, to)];
      return typeof cell === 'string' ? [{ from, to, written: cell }] : [];
    }),
  );

export const setCell = (from: string, to: string, cell: Cell | undefined) => (matrix: Matrix) =>
  matrix.cells[keyOf(from, to)] === cell ? matrix : { ...matrix, cells: without(matrix.cells, [keyOf(from, to)], cell) };

const without = (cells: Matrix['cells'], keys: string[], cell?: Cell): Matrix['cells'] => {
  const left = Object.fromEntries(Object.entries(cells).filter(([key]) => !keys.includes(key)));
  return cell === undefined ? left : { ...left, [keys[0]!]: cell };
};

export const addFamily = (family: string) => (matrix: Matrix) =>
  matrix.families.includes(family) ? matrix : { ...matrix, families: [...matrix.families, family] };

export const removeFamily = (family: string) => (matrix: Matrix) => ({
  ...matrix,
  families: matrix.families.filter(one => one !== family),
  cells: without(matrix.cells, [
    ...matrix.families.map(other => keyOf(family, other)),
    ...matrix.families.map(other => keyOf(other, family)),
  ]),
});

/** All of another unit, and the families besides that are here already. */
export const copyOf = (times: Times) => (matrix: Matrix) => matrixOf(times, matrix.families);

/** What a number without a unit is, in a block that is pasted. */
export const UNITS = { s: 1, min: 60, h: 3600 } as const;
export type Unit = keyof typeof UNITS;

export interface Pasted {
  matrix: Matrix;
  /** How many cells it has filled. */
  count: number;
  added: string[];
  /** Headings that cannot be families; nothing is taken over then. */
  refused: string[];
  /** Whether it has more cells than there is room for from where it begins; nothing is taken over then. */
  isTooLarge: boolean;
}

export const blockOf = (text: string): string[][] =>
  Papa.parse<string[]>(text.replace(/\r?\n$/, ''), { delimiter: '\t' }).data.map(row => row.map(cell => cell.trim()));

/**
 * A block from a spreadsheet. With headings it goes to the families that they name, and those that are not here yet are added;
 * without, it goes on right and down from a cell, in the order of the families.
 */
export function paste(matrix: Matrix, block: string[][], at: { from: string; to: string } | null, unit: Unit): Pasted {
  const { rows, columns, body } = headingsOf(block, matrix.families);
  const [width, height] = [Math.max(0, ...body.map(row => row.length)), body.length];
  const after = (family: string | undefined, size: number) => {
    const first = family === undefined ? 0 : Math.max(0, matrix.families.indexOf(family));
    return matrix.families.slice(first, first + size);
  };
  const froms = rows ?? after(at?.from, height);
  const tos = columns ?? after(at?.to, width);
  const named = [...(rows ?? []), ...(columns ?? [])];
  const refused = [...new Set(named.filter(name => !isCode(name)))];
  const isTooLarge = froms.length < height || tos.length < width;
  if (refused.length > 0 || isTooLarge) return { matrix, count: 0, added: [], refused, isTooLarge };
  const added = [...new Set(named)].filter(name => !matrix.families.includes(name));
  const cells = new Map(Object.entries(matrix.cells));
  let count = 0;
  froms.forEach((from, row) =>
    tos.forEach((to, column) => {
      const written = body[row]?.[column] ?? '';
      const cell = /^[\d.,]+$/.test(written) ? cellOf(`${written} ${unit}`) : cellOf(written);
      if (cell === undefined) cells.delete(keyOf(from, to));
      else cells.set(keyOf(from, to), cell);
      count++;
    }),
  );
  return {
    matrix: { ...matrix, families: [...matrix.families, ...added], cells: Object.fromEntries(cells) },
    count,
    added,
    refused,
    isTooLarge,
  };
}

/** A first row or column is one of headings where it names families, or has nothing that is a time. */
function headingsOf(block: string[][], families: readonly string[]) {
  const isHeading = (names: string[]) =>
    names.length > 0 &&
    names.every(name => name !== '') &&
    new Set(names).size === names.length &&
    (names.every(name => families.includes(name)) || names.every(name => parseDuration(name) === null));
  const [first = []] = block;
  const side = block.map(row => row[0] ?? '');
  if (isHeading(first.slice(1)) && isHeading(side.slice(1)))
    return { columns: first.slice(1), rows: side.slice(1), body: block.slice(1).map(row => row.slice(1)) };
  if (block.length > 1 && isHeading(first)) return { columns: first, rows: null, body: block.slice(1) };
  if (first.length > 1 && isHeading(side)) return { columns: null, rows: side, body: block.map(row => row.slice(1)) };
  return { columns: null, rows: null, body: block };
}
