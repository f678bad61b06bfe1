import Papa from 'papaparse';
import { resolve, type Schema } from './api/api';
import { lastOf, valueAt } from './path';
import { dateTime, say, type Text } from './text';
import { nameOf, valueOf } from './words/words';

export interface Column {
  member: string;
  /** Where it is not that of the member. */ title?: Text;
  schema: Schema;
}
type Row = Record<string, unknown>;

/** A cell as a spreadsheet has it: numbers are numbers, codes stay text. */
function cellOf(row: Row, { member, schema }: Column): string | number {
  const value = valueAt(row, member);
  const known = resolve(schema);
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return known.enum ? valueOf(value) : known.format === 'date-time' ? dateTime(value) : value;
  if (typeof value === 'object' && 'isAboveOne' in value) return (value as { value?: number }).value ?? '';
  return Array.isArray(value) ? value.map(String).join(', ') : JSON.stringify(value);
}

const headOf = (columns: Column[]) => columns.map(column => say(column.title ?? nameOf(lastOf(column.member))));

// What begins like a formula is one for a spreadsheet, whoever wrote it
const harmless = (cell: string | number) => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** UTF-8 with its mark, without which Excel takes Chinese for something else. */
export const csvOf = (rows: Row[], columns: Column[]): Blob => {
  const cells = rows.map(row => columns.map(column => harmless(cellOf(row, column))));
  return new Blob(['\uFEFF', Papa.unparse({ fields: headOf(columns), data: cells })], { type: 'text/csv;charset=utf-8' });
};

export async function xlsxOf(rows: Row[], columns: Column[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/browser');
  const head = headOf(columns).map(value => ({ value, fontWeight: 'bold' as const }));
  const body = rows.map(row =>
    columns.map(column => {
      const value = cellOf(row, column);
      return typeof value === 'number' ? { value, type: Number } : { value, type: String };
    }),
  );
  return await write([head, ...body]).toBlob();
}
