import { operationOf, resolve, type Method, type Schema } from '../api/api';
import { command, newId, Problem } from '../api/client';
import { placesOf } from '../words/refusals';
import type { Text } from '../text';
import { nameOf } from '../words/words';
import { memberOf, readCell } from './cells';
import type { ReadTable } from './readTable';

export interface Target {
  method: Method;
  path: string;
  address: string[];
  /** What says besides which record it is, where it is said at all. */
  inQuery?: string[];
  /** The member by which a record is known where its address does not say it: no two rows may have the same. */
  unique?: string;
  /** Lists of the body whose items stand row by row: rows that name the same record are sent together as one. */
  lists?: string[];
  /** Names of members where the API's own would be ambiguous in one table. */
  titles?: Record<string, Text>;
  /** Where the record has more layers than a table: how it lies flat. */
  sheet?: Sheet;
}
/** A record of the API as rows have it: its members, with one list at most, and the way back. */
export interface Sheet {
  body: Schema;
  toBody: (flat: Record<string, unknown>) => object;
}
export interface Member {
  /** As the API has it; `steps.code` is a member of the items of a list. */
  name: string;
  title: Text;
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

const isFlat = (schema: Schema): boolean => {
  const known = resolve(schema);
  return !known.properties && (known.type !== 'array' || isFlat(known.items ?? {}));
};

/** The members that fit in cells: those of the address, and of the body and its lists what is no record in itself. */
export function membersOf({ method, path, address, inQuery = [], lists = [], titles = {}, sheet }: Target): Member[] {
  const operation = operationOf(method, path);
  const body = sheet?.body ?? resolve(operation.body ?? {});
  const flat = (schema: Schema, prefix = '') =>
    Object.entries(schema.properties ?? {})
      .filter(([, one]) => isFlat(one))
      .map(([name, one]) => ({
        name: prefix + name,
        title: titles[prefix + name] ?? nameOf(name),
        schema: one,
        isRequired: schema.required?.includes(name) ?? false,
      }));
  return [
    ...address.map(name => ({
      name,
      title: titles[name] ?? nameOf(name),
      schema: operation.path?.[name] ?? { type: 'string', maxLength: 100 },
      isRequired: true,
    })),
    ...inQuery.map(name => ({
      name,
      title: titles[name] ?? nameOf(name),
      schema: operation.query[name]!,
      isRequired: false,
    })),
    ...flat(body),
    ...lists.flatMap(list => flat(resolve(resolve(body.properties?.[list] ?? {}).items ?? {}), `${list}.`)),
  ];
}

/** Which column holds which member. */
export const columnsOf = (table: ReadTable, members: Member[]): (string | undefined)[] =>
  table.head.map(heading => memberOf(heading, members));

const TWICE: Text = ['表中重复', 'It stands twice in the table'];
const OTHER_ROW: Text = ['同一记录的其他行有错误', 'Another row of the same record is wrong'];
const DIFFERS: Text = ['与同一记录的首行不同', 'It differs from the first row of the same record'];
/** The heading is line 1. */
export const LINE_OF_FIRST_ROW = 2;

const listOf = (name: string) => (name.includes('.') ? name.slice(0, name.indexOf('.')) : null);

/** Checks cell by cell, before anything is sent. */
export function readRows(table: ReadTable, columns: (string | undefined)[], members: Member[], target: Target): ImportRow[] {
  const cellOf = (cells: string[], { name }: Member) => cells[columns.indexOf(name)] ?? '';
  const rows = table.rows.map((cells, index) => {
    const row: ImportRow = { line: index + LINE_OF_FIRST_ROW, cells, values: {}, errors: {}, state: 'ready', id: newId() };
    for (const member of members) {
      const list = listOf(member.name);
      const isMeant = !list || members.some(one => listOf(one.name) === list && cellOf(cells, one) !== '');
      const cell = isEmptyList(cellOf(cells, member), member, columns)
        ? { value: [] }
        : readCell(cellOf(cells, member), member.schema, member.isRequired && isMeant);
      if ('error' in cell) row.errors[member.name] = cell.error;
      else if (cell.value !== undefined) row.values[member.name] = cell.value;
    }
    return row;
  });
  if (target.unique) tellTwice(rows, target.unique);
  const ofRecord = members.filter(member => !listOf(member.name));
  for (const [first, ...others] of recordsOf(rows, target)) {
    for (const row of others) {
      if (!target.lists) row.errors[target.address[0]!] = TWICE;
      for (const member of target.lists ? ofRecord : []) {
        if (cellOf(row.cells, member) === '')
          row.errors = without(row.errors, member.name); // the first row says it
        else if (!isSame(row.values[member.name], first!.values[member.name])) row.errors[member.name] = DIFFERS;
      }
    }
  }
  for (const record of recordsOf(rows, target)) {
    const isWrong = record.some(row => Object.keys(row.errors).length > 0);
    for (const row of isWrong && target.lists ? record : []) if (Object.keys(row.errors).length === 0) row.errors[''] = OTHER_ROW;
  }
  for (const row of rows) if (Object.keys(row.errors).length) row.state = 'wrong';
  return rows;
}

/** A list of which the table has a column may be empty; where it has none, nothing is said of it. */
const isEmptyList = (cell: string, { name, schema, isRequired }: Member, columns: (string | undefined)[]) =>
  cell === '' && isRequired && !listOf(name) && columns.includes(name) && resolve(schema).type === 'array';

function tellTwice(rows: ImportRow[], name: string) {
  const seen = new Set<unknown>();
  for (const row of rows) {
    const value = row.values[name];
    if (value === undefined) continue;
    if (seen.has(value)) row.errors[name] = TWICE;
    seen.add(value);
  }
}

/**
 * What is asked for in a dry run: rows that can be read, and those where a cell is wrong that may be left out, so that all
 * that is wrong is told at once.
 */
export const toCheck = (rows: ImportRow[], members: Member[], target: Target): ImportRow[] =>
  rows.filter(
    row =>
      row.state === 'ready' ||
      (!target.lists && members.every(({ name, isRequired }) => !isRequired || row.values[name] !== undefined)),
  );

const without = (errors: ImportRow['errors'], name: string) =>
  Object.fromEntries(Object.entries(errors).filter(([other]) => other !== name));
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The rows of each record: those with the same address; without one each row is a record, or all are one where it has lists. */
function recordsOf(rows: ImportRow[], { address, inQuery = [], lists }: Target): ImportRow[][] {
  const records = new Map<string, ImportRow[]>();
  for (const row of rows) {
    const key =
      address.length || lists ? JSON.stringify([...address, ...inQuery].map(name => row.values[name])) : String(row.line);
    records.set(key, [...(records.get(key) ?? []), row]);
  }
  return [...records.values()];
}

const AT_A_TIME = 6;

/** Sends rows, several records at a time; what is refused says why at its cell. Ends early when it is stopped. */
export async function sendRows(
  rows: ImportRow[],
  target: Target,
  isDryRun: boolean,
  told: (row: ImportRow) => void,
  stop: AbortSignal,
): Promise<void> {
  const waiting = (target.lists ? recordsOf(rows, target) : rows.map(row => [row])).values();
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const record of waiting) {
        if (stop.aborted) return;
        (await sendRecord(record, target, isDryRun)).forEach(told);
      }
    }),
  );
}

const RETRIES_MAX = 5;
const PAUSE_MS = 500;

async function sendRecord(rows: ImportRow[], target: Target, isDryRun: boolean): Promise<ImportRow[]> {
  const { path, query, flat, body, places } = toCommand(rows, target);
  const names = new Set(membersOf(target).map(member => member.name));
  for (let attempt = 1; ; attempt++) {
    try {
      await command(
        target.method as 'put',
        target.path as '/api/work-orders/products/{code}',
        { path: path as never, query, body: body as never },
        rows[0]!.id,
        isDryRun,
      );
      return rows.map(row =>
        row.state === 'wrong' ? row : { ...row, errors: {}, state: isDryRun ? ('fine' as const) : ('written' as const) },
      );
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.isTemporary && attempt < RETRIES_MAX) {
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS * attempt));
        continue;
      }
      const fields = placesOf(problem, { ...path, ...query, ...flat }, namesOf(target)).map(({ field, text }) => {
        const place = placeOf(field, places);
        return target.sheet && !names.has(place.name) ? { name: '', text } : { ...place, text }; // what has no cell
      });
      return rows.map((row, index) => {
        const own = fields.filter(field => (field.row ?? 0) === index).map(field => [field.name, field.text] as const);
        const said = own.length ? own : [['', OTHER_ROW] as const];
        return row.state === 'wrong'
          ? { ...row, errors: { ...Object.fromEntries(said), ...row.errors } } // what is wrong with the cell itself comes first
          : { ...row, errors: Object.fromEntries(said), state: 'refused' as const };
      });
    }
  }
}

/** The members of the record itself. */
const namesOf = (target: Target): string[] =>
  membersOf(target)
    .map(member => member.name)
    .filter(name => !listOf(name));

/** A record as the API takes it, and of which row each item of its lists is. */
export function toCommand(rows: ImportRow[], { address, inQuery = [], lists = [], sheet }: Target) {
  const head = Object.assign({}, ...[...rows].reverse().map(row => row.values)) as Record<string, unknown>;
  const places: Record<string, number[]> = {};
  const flat: Record<string, unknown> = Object.fromEntries(
    Object.entries(head).filter(([name]) => !address.includes(name) && !inQuery.includes(name) && !listOf(name)),
  );
  for (const list of lists) {
    const items = rows.map(row => within(row.values, `${list}.`));
    places[list] = items.flatMap((item, index) => (Object.keys(item).length ? [index] : []));
    flat[list] = places[list].map(index => items[index]);
  }
  const of = (names: string[]) => Object.fromEntries(names.map(name => [name, head[name]]));
  return { path: of(address), query: of(inQuery), flat, body: sheet ? sheet.toBody(flat) : flat, places };
}

const within = (values: Record<string, unknown>, prefix: string) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  );

/** `steps[2].code` is `steps.code` of the row that gave the third step; what is of no item is said at the first row. */
function placeOf(field: string, places: Record<string, number[]>): { name: string; row?: number } {
  const item = /^(\w+)\[(\d+)\]\.?(\w*)/.exec(field);
  return item && places[item[1]!]
    ? { name: item[3] ? `${item[1]}.${item[3]}` : '', row: places[item[1]!]![Number(item[2])] }
    : { name: field.split(/[.[]/)[0]! };
}
