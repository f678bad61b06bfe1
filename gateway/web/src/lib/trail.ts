import { isChoice, verbOf, type Answer } from './api/api';
import { dateTime, number, say, type Text } from './text';
import { EVENTS, RECORDS, TRAIL_NAMES, VERBS } from './words/actions';
import { NAMES } from './words/names';
import { VALUES } from './words/values';
import { sayingOf } from './words/sayings';
import { valueOf } from './words/words';

export type Entry = Answer<'/api/work-orders/audit', 'get'>['items'][number];

/** A record by its table and key; a key of several columns is an object of them in their order. */
export type RecordOf = readonly [table: string, key: string | Record<string, string | number>, name?: string];

/** One member of a record that changed, in words. */
export interface MemberChange {
  path: string[];
  before: unknown;
  after: unknown;
}
export interface RecordChange {
  table: string;
  key: string;
  kind: 'added' | 'changed' | 'removed';
  /** What it is called, where its own members say so. */
  name?: string;
  /** What people want to know. */
  members: MemberChange[];
  /** Identities and counters of the software. */
  technical: MemberChange[];
}

interface Written {
  table?: string;
  key?: string;
  old?: Record<string, unknown> | null;
  new?: Record<string, unknown> | null;
}

const YES: Text = ['是', 'Yes'];
const NO: Text = ['否', 'No'];
const HIDDEN_VALUE: Text = ['（不显示）', '(not shown)'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const TECHNICAL = new Set([
  ...['xmin', 'version', 'productVersion', 'baseVersion', 'undoVersion', 'position', 'line', 'part', 'undoneBy'],
  ...['legKind', 'normalizedUserName', 'owner', 'clockSkewMs', 'interruptions', 'measurementCount', 'prefix', 'bound', 'facts'],
]);
/** What records are called by, the best first. */
const NAMING = ['number', 'code', 'name'];
/** By what the parts of a list are told apart. */
const IDENTITY = ['code', 'material', 'number', 'operation', 'equipment', 'resource', 'date', 'validFrom', 'revision'];

export const keyTextOf = (key: RecordOf[1]): string => (typeof key === 'string' ? key : JSON.stringify(key));

/** Records as the trail is asked for them. */
export const askedFor = (records: readonly RecordOf[]): string[] => records.map(([table, key]) => `${table}:${keyTextOf(key)}`);

/** Whether a change is of a record; keys of several columns used to be joined by a comma. */
export const isOf = (change: RecordChange, [table, key]: RecordOf): boolean =>
  change.table === table &&
  (change.key === keyTextOf(key) || (typeof key !== 'string' && change.key === Object.values(key).join(',')));

/** A command as the documents write it, and for whom it was sent. */
export function partsOf(action: string): { action: string; actingFor?: string } {
  const [, command = action, actingFor] = /^(.*) for operator (.*)$/.exec(action) ?? [];
  return { action: command.replace(/\{(\w+):[^}]*\}/g, '{$1}'), actingFor };
}

/** What was done, in words. */
export function deedOf(action: string): Text {
  const { action: command } = partsOf(action);
  return VERBS[verbOf(command) ?? ''] ?? EVENTS[command] ?? [command, command];
}

export const recordNameOf = (table: string): Text => RECORDS[table] ?? [table, table];

const memberNameOf = (member: string): Text => NAMES[member] ?? TRAIL_NAMES[member] ?? [member, member];

/** A member with those that it stands in, in words. */
export const pathNameOf = (path: string[]): string =>
  path.map(part => (part.startsWith('=') ? part.slice(1) : say(memberNameOf(part)))).join(' · ');

/** What an entry changed, record by record; null where it is not as we know it. */
export function changesOf(json: string): RecordChange[] | null {
  try {
    const written = JSON.parse(json) as unknown;
    return Array.isArray(written) ? (written as Written[]).map(changeOf) : null;
  } catch {
    return null;
  }
}

function changeOf({ table = '', key = '', old, new: now }: Written): RecordChange {
  const kind = !old ? 'added' : !now ? 'removed' : 'changed';
  const all = differences(parsed(old ?? {}), parsed(now ?? {}), []).filter(({ before, after }) =>
    kind === 'changed' ? true : !isNothing(kind === 'added' ? after : before),
  );
  const naming = kind === 'changed' ? undefined : NAMING.map(name => all.find(({ path }) => path.join() === name)).find(Boolean);
  const name = naming && String(naming.after ?? naming.before);
  const members = all.filter(member => member !== naming);
  const isAside = (member: MemberChange) =>
    isTechnical(member) || (kind === 'added' && (member.after === 0 || member.after === false));
  return {
    table,
    key: String(key),
    kind,
    name,
    members: members.filter(member => !isAside(member)),
    technical: members.filter(isAside),
  };
}

const isTechnical = ({ path, before, after }: MemberChange) => {
  const member = path.at(-1)!;
  return (
    (path.length === 1 && TECHNICAL.has(member)) ||
    /^id$|Id$/.test(member) ||
    [before, after].some(one => typeof one === 'string' && UUID.test(one))
  );
};

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members by their names in the API; an object that was written as a text is one again. */
function parsed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parsed);
  if (typeof value === 'string' && /^[[{]/.test(value)) {
    try {
      return parsed(JSON.parse(value) as unknown);
    } catch {
      return value;
    }
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, one]) => [member.charAt(0).toLowerCase() + member.slice(1), parsed(one)]),
  );
}

/** What differs, down to the last member: of two lists each part that both have is held against itself. */
function differences(before: unknown, after: unknown, path: string[]): MemberChange[] {
  if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return [];
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(member =>
      differences(before[member], after[member], [...path, member]),
    );
  }
  const [old, now] = [byIdentity(before), byIdentity(after)];
  if (old && now && path.length > 0) {
    return [...new Set([...old.keys(), ...now.keys()])].flatMap(id =>
      differences(old.get(id) ?? null, now.get(id) ?? null, [...path, `=${id}`]),
    );
  }
  return [{ path, before, after }];
}

/** The parts of a list by what each is called; null where it is no such list. */
function byIdentity(value: unknown): Map<string, unknown> | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isObject)) return null;
  const parts = new Map(value.map(one => [nameOfPart(one), one] as const));
  return parts.size === value.length && !parts.has('') ? parts : null;
}

function nameOfPart(part: Record<string, unknown>): string {
  const member = IDENTITY.find(one => typeof part[one] === 'string');
  return member ? String(part[member]) : 'from' in part && 'to' in part ? `${String(part.from)} → ${String(part.to)}` : '';
}

/** What a record is called where its changes say so: its number or code, or the plain parts of its key. */
export function labelOf(change: RecordChange, known: readonly RecordOf[] = []): string {
  return known.find(record => isOf(change, record))?.[2] ?? change.name ?? keyLabelOf(change.key);
}

/** What of a key people know: codes, but no identities of the software. */
const keyLabelOf = (key: string): string =>
  keyPartsOf(key)
    .filter(part => part && !UUID.test(part) && part !== 'True' && part !== 'plan')
    .join(' / ');

/** What a record is called where only its key is known. */
export const nameOfRecord = ([, key, name]: RecordOf): string => name ?? keyLabelOf(keyTextOf(key));

function keyPartsOf(key: string): string[] {
  const columns = parsed(key);
  return isObject(columns) ? Object.values(columns).map(String) : [key];
}

const PARTS_MAX = 8;

/** A value as people write it. */
export function valueText(value: unknown, change: Pick<RecordChange, 'table'>, path: string[]): string {
  if (isNothing(value)) return '–';
  if (typeof value === 'boolean') return say(value ? YES : NO);
  if (typeof value === 'number') return number(value, 6);
  if (Array.isArray(value)) {
    const parts = value.map(one => (isObject(one) ? nameOfPart(one) || objectText(one, change) : valueText(one, change, path)));
    return parts.length > PARTS_MAX ? `${parts.slice(0, PARTS_MAX).join(', ')} … (${parts.length})` : parts.join(', ');
  }
  if (isObject(value)) return objectText(value, change);
  const text = String(value);
  if (text === '***') return say(HIDDEN_VALUE);
  if (INSTANT.test(text)) return dateTime(text);
  return isWord(path.at(-1) ?? '', text) ? valueOf(text, kindOf(change.table, path.at(-1) ?? '')) : sayingOf(text);
}

const PAIR: Text = ['{name}：{value}', '{name}: {value}'];
const NEXT: Text = ['；', '; '];
const objectText = (value: Record<string, unknown>, change: Pick<RecordChange, 'table'>): string =>
  Object.entries(value)
    .filter(([, one]) => !isNothing(one))
    .map(([member, one]) => say(PAIR, { name: say(memberNameOf(member)), value: valueText(one, change, [member]) }))
    .join(say(NEXT));

const isWord = (member: string, value: string) =>
  isChoice(member) || ['kind', 'roles', 'trigger', 'method', 'origin', 'reset', 'sourceKind'].includes(member) || value in VALUES;

const pascal = (text: string) => text.replace(/(^|_)(\w)/g, (_, _separator, letter: string) => letter.toUpperCase());

/** Where one word says different things of different records: the state of a hold, of an inspection. */
const kindOf = (table: string, member: string) => pascal(table) + pascal(member);
