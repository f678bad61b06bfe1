import { operationOf, resolve, type Method, type Schema } from '../api/api';
import { command, newId, Problem } from '../api/client';
import type { Text } from '../text';
import { memberOf, readCell } from './cells';
import type { ReadTable } from './readTable';

export interface Target {
  method: Method;
  path: string;
  address: string[];
}
export interface Member {
  name: string;
  schema: Schema;
  isRequired: boolean;
}
export type RowState = 'wrong' | 'ready' | 'fine' | 'refused' | 'written';

/** A row on its way: what was read, what is sent, what was said to it. Its id makes sure that it is written once. */
export interface ImportRow {
  line: number;
  cells: string[];
  values: Record<string, unknown>;
  errors: Record<string, Text | string>;
  state: RowState;
  id: string;
}

/** The members that fit in cells: those of the address, and of the body what is no record in itself. */
export function membersOf({ method, path, address }: Target): Member[] {
  const body = resolve(operationOf(method, path).body ?? {});
  const isFlat = (schema: Schema): boolean => {
    const known = resolve(schema);
    return !known.properties && (known.type !== 'array' || isFlat(known.items ?? {}));
  };
  return [
    ...address.map(name => ({ name, schema: { type: 'string', maxLength: 100 }, isRequired: true })),
    ...Object.entries(body.properties ?? {})
      .filter(([, schema]) => isFlat(schema))
      .map(([name, schema]) => ({ name, schema, isRequired: body.required?.includes(name) ?? false })),
  ];
}

/** Which column holds which member. */
export const columnsOf = (table: ReadTable, members: Member[]): (string | undefined)[] =>
  table.head.map(heading =>
    memberOf(
      heading,
      members.map(member => member.name),
    ),
  );

const TWICE: Text = ['表中重复', 'It stands twice in the table'];
/** The heading is line 1. */
export const LINE_OF_FIRST_ROW = 2;

/** Checks cell by cell, before anything is sent. */
export function readRows(table: ReadTable, columns: (string | undefined)[], members: Member[], target: Target): ImportRow[] {
  const seen = new Set<string>();
  return table.rows.map((cells, index) => {
    const row: ImportRow = { line: index + LINE_OF_FIRST_ROW, cells, values: {}, errors: {}, state: 'ready', id: newId() };
    for (const member of members) {
      const column = columns.indexOf(member.name);
      const cell = readCell(column < 0 ? '' : (cells[column] ?? ''), member.schema, member.isRequired);
      if ('error' in cell) row.errors[member.name] = cell.error;
      else if (cell.value !== undefined) row.values[member.name] = cell.value;
    }
    const key = JSON.stringify(target.address.map(name => row.values[name]));
    if (target.address.length && seen.has(key)) row.errors[target.address[0]!] = TWICE;
    seen.add(key);
    if (Object.keys(row.errors).length) row.state = 'wrong';
    return row;
  });
}

const AT_A_TIME = 6;

/** Sends rows, several at a time; what is refused says why at its cell. Ends early when it is stopped. */
export async function sendRows(
  rows: ImportRow[],
  target: Target,
  isDryRun: boolean,
  told: (row: ImportRow) => void,
  stop: AbortSignal,
): Promise<void> {
  const waiting = rows.values();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const row of waiting) {
        if (stop.aborted) return;
        told(await sendRow(row, target, isDryRun));
      }
    }),
  );
}

const RETRIES_MAX = 5;
const PAUSE_MS = 500;

async function sendRow(row: ImportRow, target: Target, isDryRun: boolean): Promise<ImportRow> {
  const split = (isAddress: boolean) =>
    Object.fromEntries(Object.entries(row.values).filter(([name]) => target.address.includes(name) === isAddress));
  for (let attempt = 1; ; attempt++) {
    try {
      await command(
        target.method as 'put',
        target.path as '/api/work-orders/products/{code}',
        { path: split(true) as never, body: split(false) as never },
        row.id,
        isDryRun,
      );
      return { ...row, errors: {}, state: isDryRun ? 'fine' : 'written' };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.isTemporary && attempt < RETRIES_MAX) {
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS * attempt));
        continue;
      }
      const fields = problem.fieldErrors.map(error => [error.field.split(/[.[]/)[0], error.hint] as const);
      return { ...row, errors: Object.fromEntries(fields.length ? fields : [['', problem.message]]), state: 'refused' };
    }
  }
}
