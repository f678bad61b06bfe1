import Papa from 'papaparse';

/** A table as it was read: all cells are text, as part numbers must stay (`007` is not 7). */
export interface ReadTable {
  head: string[];
  rows: string[][];
}

export const ROWS_MAX = 10_000;

/** Reads what was pasted from a spreadsheet or a file. */
export const readText = (text: string): ReadTable => tableOf(parse(text));

export async function readFile(file: File): Promise<ReadTable> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isXlsx(bytes) ? tableOf(await readXlsx(file)) : readText(decode(bytes));
}

/** A zip archive, which an XLSX file is. */
const isXlsx = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** UTF-8 with or without its mark, UTF-16 with one, else what Chinese spreadsheets write: GB 18030, of which GBK is a part. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const parse = (text: string): string[][] =>
  Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimitersToGuess: ['\t', ';', ',', '|'], skipEmptyLines: 'greedy' }).data;

async function readXlsx(file: File): Promise<string[][]> {
  const { readSheet } = await import('read-excel-file/browser');
  const rows = (await readSheet(file, { parseNumber: (text: string) => text } as never)) as unknown as unknown[][];
  return rows.map(row =>
    row.map(cell => (cell instanceof Date ? cell.toISOString() : cell === null || cell === undefined ? '' : String(cell))),
  );
}

function tableOf(rows: string[][]): ReadTable {
  const [head = [], ...body] = rows.map(row => row.map(cell => cell.trim()));
  return { head, rows: body.filter(row => row.some(cell => cell !== '')) };
}
