import { CHARACTERS, readDigitalLink } from './gs1';

/** Why a scan cannot be taken for what it looks like. */
export type Gs1Fault = 'unknown-identifier' | 'too-short' | 'too-long' | 'check-digit' | 'no-date' | 'characters' | 'ambiguous';

export type Gs1Reading =
  | { kind: 'plain'; text: string }
  | { kind: 'gs1'; values: ReadonlyMap<string, string>; gtin?: string; lot?: string; serial?: string; expiresOn?: string }
  | { kind: 'refused'; fault: Gs1Fault; at: string };

interface Rule {
  /** Length of the value where it is fixed. */
  length?: number;
  /** Its greatest length where it ends with FNC1 or the code. */
  max?: number;
  is?: 'check' | 'date' | 'number';
}

/** The application identifiers that are met on a shop floor (GS1 General Specifications, section 3). */
const RULES: Readonly<Record<string, Rule>> = {
  '00': { length: 18, is: 'check' },
  '01': { length: 14, is: 'check' },
  '02': { length: 14, is: 'check' },
  '10': { max: 20 },
  ...Object.fromEntries(['11', '12', '13', '15', '16', '17'].map(date => [date, { length: 6, is: 'date' } as Rule])),
  '20': { length: 2, is: 'number' },
  '21': { max: 20 },
  '22': { max: 20 },
  '30': { max: 8, is: 'number' },
  '37': { max: 8, is: 'number' },
  '240': { max: 30 },
  '241': { max: 30 },
  '250': { max: 30 },
  '251': { max: 30 },
  '400': { max: 30 },
  ...Object.fromEntries(
    ['410', '411', '412', '413', '414', '415', '416', '417'].map(place => [place, { length: 13, is: 'check' } as Rule]),
  ),
  ...Object.fromEntries(Array.from({ length: 6 }, (_, digit) => [`310${digit}`, { length: 6, is: 'number' } as Rule])),
  ...Object.fromEntries(['90', '91', '92', '93', '94', '95', '96', '97', '98', '99'].map(own => [own, { max: 90 } as Rule])),
};

/** What a scanner sends for FNC1 between two elements. */
const GS = '\u001d';
/** What tells a code of GS1 from others: GS1-128, DataMatrix, QR code, DataBar. */
const SYMBOLOGY = /^\](C1|d2|Q3|e0|J1)/;

/** What was scanned: an element string, with or without brackets, a Digital Link, or a text of the plant's own. */
export function readScan(scanned: string): Gs1Reading {
  const text = scanned.trim();
  if (/^https?:\/\//i.test(text)) return ofLink(text);
  if (SYMBOLOGY.test(text) || text.includes(GS)) return ofMarked(text.replace(SYMBOLOGY, '').replace(/^\u001d/, ''));
  if (/^\(\d{2,4}\)/.test(text)) return ofBrackets(text);
  return ofUnmarked(text);
}

/** A check digit by modulo 10: of a GTIN, an SSCC, a place. */
export function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((so, digit, at) => so + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return /^\d+$/.test(digits) && sum % 10 === 0;
}

/** YYMMDD as a day; the century is that which lies nearest, and day 00 the last of its month. */
export function dayOf(text: string, now = new Date()): string | null {
  if (!/^\d{6}$/.test(text)) return null;
  const [year = 0, month = 0, day = 0] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)].map(Number);
  const ahead = year - (now.getUTCFullYear() % 100);
  const century = Math.floor(now.getUTCFullYear() / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0);
  const last = new Date(Date.UTC(century * 100 + year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day > last) return null;
  return `${century * 100 + year}-${text.slice(2, 4)}-${String(day || last).padStart(2, '0')}`;
}

const identifierAt = (text: string) => [2, 3, 4].map(length => text.slice(0, length)).find(one => one in RULES);

function faultOf(identifier: string, value: string): Gs1Fault | null {
  const { length, max = length!, is } = RULES[identifier]!;
  if (value.length < (length ?? 1)) return 'too-short';
  if (value.length > max) return 'too-long';
  if (!CHARACTERS.test(value) || (is && !/^\d+$/.test(value))) return 'characters';
  if (is === 'check' && !hasCheckDigit(value)) return 'check-digit';
  return is === 'date' && !dayOf(value) ? 'no-date' : null;
}

const refused = (fault: Gs1Fault, at: string): Gs1Reading => ({ kind: 'refused', fault, at });

function taken(elements: Iterable<readonly [string, string]>): Gs1Reading {
  const values = new Map<string, string>();
  for (const [identifier, value] of elements) {
    if (!(identifier in RULES)) return refused('unknown-identifier', identifier);
    const fault = faultOf(identifier, value);
    if (fault) return refused(fault, identifier);
    if (values.has(identifier) && values.get(identifier) !== value) return refused('ambiguous', identifier);
    values.set(identifier, value);
  }
  const expiry = values.get('17') ?? values.get('15');
  return {
    kind: 'gs1',
    values,
    gtin: values.get('01') ?? values.get('02'),
    lot: values.get('10'),
    serial: values.get('21'),
    expiresOn: (expiry && dayOf(expiry)) || undefined,
  };
}

/** With FNC1 between what has no fixed length, there is one way to read it. */
function ofMarked(text: string): Gs1Reading {
  const elements: [string, string][] = [];
  for (let rest = text; rest !== '';) {
    const identifier = identifierAt(rest);
    if (!identifier) return refused('unknown-identifier', rest.slice(0, 4));
    rest = rest.slice(identifier.length);
    const { length } = RULES[identifier]!;
    const end = rest.indexOf(GS);
    const value = rest.slice(0, length ?? (end < 0 ? rest.length : end));
    elements.push([identifier, value.split(GS)[0]!]);
    rest = rest.slice(value.length).replace(/^\u001d/, '');
  }
  return elements.length ? taken(elements) : refused('too-short', '');
}

function ofBrackets(text: string): Gs1Reading {
  const elements = [...text.matchAll(/\((\d{2,4})\)([^(]*)/g)];
  if (elements.map(found => found[0]).join('') !== text) return refused('characters', text.slice(0, 4));
  return taken(elements.map(found => [found[1]!, found[2]!] as const));
}

/**
 * Without a mark it may be a number of the plant's own, so that only what begins with a GTIN or an SSCC whose check digit is
 * right counts; and where the scanner left FNC1 out, an end may be guessed in several ways: then it is refused.
 */
function ofUnmarked(text: string): Gs1Reading {
  const first = /^(?:00\d{18}|01\d{14})/.exec(text)?.[0];
  if (!first) return { kind: 'plain', text };
  if (!hasCheckDigit(first.slice(2)))
    return text.length === first.length ? { kind: 'plain', text } : refused('check-digit', first.slice(0, 2));
  const readings = waysToRead(text);
  if (readings.length === 1) return taken(readings[0]!);
  return refused(readings.length === 0 ? 'unknown-identifier' : 'ambiguous', text.slice(first.length, first.length + 2));
}

type Elements = (readonly [string, string])[];

/** All ways, two at most: more need not be told apart. */
function waysToRead(text: string, known = new Map<string, Elements[]>()): Elements[] {
  if (text === '') return [[]];
  const before = known.get(text);
  if (before) return before;
  const identifier = identifierAt(text);
  if (!identifier) return [];
  const rest = text.slice(identifier.length);
  const { length, max = length! } = RULES[identifier]!;
  const found: Elements[] = [];
  for (let end = length ?? 1; end <= Math.min(max, rest.length) && found.length < 2; end++) {
    const value = rest.slice(0, end);
    if (faultOf(identifier, value)) continue;
    for (const after of waysToRead(rest.slice(end), known)) found.push([[identifier, value], ...after]);
  }
  known.set(text, found.slice(0, 2));
  return known.get(text)!;
}

/** A Digital Link says what it is by its path; any other address is a text. */
function ofLink(text: string): Gs1Reading {
  const address = URL.parse(text);
  const path = address && /\/01\/.*/.exec(address.pathname)?.[0];
  const link = path && readDigitalLink(path);
  if (!link) return { kind: 'plain', text };
  const elements: [string, string | undefined][] = [
    ...([
      ['01', link.gtin.padStart(14, '0')],
      ['10', link.lot],
      ['21', link.serial],
    ] as [string, string | undefined][]),
    ...[...address.searchParams].filter(([name]) => name in RULES),
  ];
  return taken(elements.filter((element): element is [string, string] => element[1] !== undefined));
}
