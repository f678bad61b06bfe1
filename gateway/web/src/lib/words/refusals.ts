import { Problem } from '../api/client';
import { dateTime, languageNow, number, say, type Text } from '../text';
import { NAMES } from './names';
import { PROBLEMS } from './problems';
import { nameOf, valueOf } from './words';

const UNEXPECTED: Text = ['系统出错，请联系管理员', 'A defect of the software: tell the administrator'];
const REFUSED: Text = ['不能执行', 'This cannot be done'];
const NOT_NOW: Text = ['现在不能执行', 'This cannot be done now'];

/** The refusal in words. */
export const wordsOf = (problem: unknown): string =>
  problem instanceof Problem ? wordsOfCode(problem.code, problem.message) : say(UNEXPECTED);

/** Why something cannot be done now, in both languages. */
export function reasonOf(code: string | null | undefined, hint: string | null | undefined): Text {
  const known = code ? PROBLEMS[code] : undefined;
  return known ?? [NOT_NOW[0], hint ?? NOT_NOW[1]];
}

/** Why something was refused: in our words where the code is known; what is not known is told in English to who reads English. */
const wordsOfCode = (code: string, hint: string): string =>
  PROBLEMS[code] ? say(PROBLEMS[code]) : languageNow() === 'en' ? hint : say(REFUSED);

/** A part of a refusal at the field that it is about; `''` where it is about none. */
export interface Placed {
  field: string;
  text: string;
}

/** Fields of codes that do not begin with the name of theirs; the first that the form has. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'order-number-missing': ['number', 'order'],
  'order-exists': ['number', 'order'],
  'numbers-taken': ['number', 'order', 'pattern'],
  'already-exists': ['number', 'order', 'code'],
  'quantity-not-reached': ['reason'],
  'not-enough-stock': ['quantity'],
  'stock-short': ['quantity'],
  'more-than-issued': ['quantity'],
  'substitute-not-allowed': ['material'],
  'component-not-found': ['insteadOf'],
  'more-than-required': ['quantity'],
  'split-too-large': ['quantity'],
  'disposition-exceeds-quantity': ['quantity'],
  'too-many-serials': ['quantity'],
  'not-tracked-by-lot': ['lot'],
  'expiry-differs': ['expiresAt'],
  'in-the-future': ['occurredAt', 'startedAt', 'endedAt'],
  'in-the-past': ['startsAt'],
  'before-release': ['startsAt'],
  'before-material': ['startsAt'],
  'before-predecessor': ['startsAt'],
  frozen: ['startsAt'],
  'downtime-ends-too-early': ['endedAt'],
  'split-outside-downtime': ['splitAt'],
  'stop-ends-before-start': ['until'],
  'weak-password': ['new', 'password'],
  'wrong-credentials': ['current'],
  'roles-beyond-the-floor': ['roles'],
  'badge-beyond-person': ['roles'],
  'first-article-trigger': ['trigger'],
  'no-effective-revision': ['revision'],
  'wrong-unit': ['unit'],
};

interface Leaf {
  field: string;
  name: string;
  value: unknown;
}

/** All single values of what was sent, by their places. */
function leavesOf(value: unknown, field = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => leavesOf(one, `${field}[${index}]`));
  if (typeof value !== 'object' || value === null) {
    const name = /(\w+)(?:\[\d+\])?$/.exec(field)?.[1] ?? '';
    return [{ field, name, value }];
  }
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, field ? `${field}.${name}` : name));
}

const camel = (code: string) => code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Where a refusal belongs: where it says so itself, else at the field that its code is about, known by its name or by the
 * value that it holds. `fields` are those of the form, also empty ones.
 */
export function placesOf(problem: Problem, sent: unknown, fields: readonly string[]): Placed[] {
  if (problem.fieldErrors.length > 0) {
    const isOwn = problem.code in PROBLEMS && !Array.isArray(problem.body.errors);
    return problem.fieldErrors.map(({ field, hint }) => ({
      field,
      text: isOwn ? wordsOfCode(problem.code, hint) : hint,
    }));
  }
  const text = wordsOfCode(problem.code, problem.message);
  const leaves = leavesOf(sent);
  const empty = fields.filter(field => leaves.every(leaf => leaf.field !== field)).map(field => leafOf(field));
  const all = [...leaves, ...empty];
  const known = FIELDS[problem.code]?.map(name => all.find(leaf => leaf.name === name)).find(Boolean);
  return [{ field: known?.field ?? byCode(problem, all) ?? '', text }];
}

const leafOf = (field: string): Leaf => ({ field, name: /(\w+)$/.exec(field)?.[1] ?? '', value: undefined });

/** `location-not-found` is about what has the value of the location that it names, or is called so. */
function byCode({ code, body }: Problem, leaves: Leaf[]): string | undefined {
  const parts = code.split('-');
  for (let length = parts.length - 1; length > 0; length--) {
    const name = camel(parts.slice(0, length).join('-'));
    const value = body[name] ?? body[`${name}Id`];
    const named = leaves.filter(leaf => [name, `${name}Id`, `${name}s`].includes(leaf.name));
    const found =
      (value !== undefined && value !== null
        ? (named.find(leaf => leaf.value === value) ?? leaves.find(leaf => leaf.value === value))
        : undefined) ?? (named.length === 1 ? named[0] : undefined);
    if (found) return found.field;
  }
  return undefined;
}

const HIDDEN = new Set([
  ...['type', 'status', 'title', 'code', 'hint', 'traceId', 'errors', 'detail', 'instance', 'field', 'permission', 'value'],
]);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The values that a refusal names and that people know. */
export function valuesOf(problem: unknown): string {
  if (!(problem instanceof Problem)) return '';
  return Object.entries(problem.body)
    .filter(([name, value]) => !HIDDEN.has(name) && name in NAMES && isTold(value))
    .map(([name, value]) => say(PAIR, { name: say(nameOf(name)), value: textOf(value) }))
    .join(' · ');
}
const PAIR: Text = ['{name}：{value}', '{name}: {value}'];

const isTold = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0 && value.every(isTold)
    : typeof value === 'number' || (typeof value === 'string' && value !== '' && !UUID.test(value));

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'number') return number(value);
  const text = String(value);
  return INSTANT.test(text) ? dateTime(text) : valueOf(text);
}

/** What is said of single fields, with their names, where they are not at hand. */
export function errorsOf(problem: unknown): string {
  if (!(problem instanceof Problem)) return '';
  const told = problem.fieldErrors.map(({ field, hint }) => {
    const member = field.split(/[.[\]]+/).findLast(part => part !== '' && !/^\d+$/.test(part));
    return member ? say(PAIR, { name: say(nameOf(member)), value: hint }) : hint;
  });
  return told.join(' · ');
}

/** The server's way out, which it tells in English. */
export const hintOf = (problem: unknown): string =>
  problem instanceof Problem && languageNow() === 'en' && PROBLEMS[problem.code] && problem.fieldErrors.length === 0
    ? String(problem.body.hint ?? '')
    : '';
