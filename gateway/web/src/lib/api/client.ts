import type { Answer, Body, Method, Path, PathValues, Query } from './api';
import type { Paths } from './generated';
import { hintInWords } from '../words/hints';

const TIMEOUT_MS = 30_000;
/** What a slow connection sends at least. */
const BYTES_PER_MS = 50;
const PAGE_SIZE_MAX = 1000;

/** A random UUID; the browser's own function for it exists on HTTPS only. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export interface FieldError {
  field: string;
  value: unknown;
  hint: string;
}

/** A refusal (RFC 9457) with its stable code, or `unreachable` when no answer came: then a command may or may not be applied. */
export class Problem extends Error {
  readonly code: string;

  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {
    super(String(body.hint ?? body.title ?? status));
    this.code = String(body.code ?? 'refused');
  }

  /** Whether the same command, under the same id, should simply be sent again. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What it says of single fields, in words; a field as `steps[0].code`. */
  get fieldErrors(): FieldError[] {
    const { errors, field, value } = this.body;
    const said = Array.isArray(errors)
      ? (errors as FieldError[])
      : typeof field === 'string'
        ? [{ field, value, hint: this.message }]
        : [];
    return said.map(error => ({ ...error, field: error.field.replace(/^\$\.?/, ''), hint: hintInWords(error.hint) }));
  }
}

/** An address with its values; what stands in it is encoded. */
export function addressOf(path: string, values?: object, query?: object): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((values as Record<string, unknown>)[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
  return search.size ? `${filled}?${search}` : filled;
}

export interface Reading<P extends Path<'get'>> {
  path?: PathValues<P, 'get'>;
  query?: Query<P>;
}

export const read = <P extends Path<'get'>>(path: P, { path: values, query }: Reading<P> = {}, signal?: AbortSignal) =>
  send('GET', addressOf(path, values ?? {}, query ?? {}), undefined, undefined, signal) as Promise<Answer<P, 'get'>>;

/** A command. Give it the id again that it had, and it is applied once. A dry run is judged alike and writes nothing. */
export const command = <M extends Method, P extends Path<M> & keyof Paths>(
  method: M,
  path: P,
  sent: { path?: PathValues<P, M>; body?: Body<P, M>; query?: object },
  id = newId(),
  isDryRun = false,
) =>
  send(method.toUpperCase(), addressOf(path, sent.path ?? {}, sent.query), sent.body ?? (method === 'delete' ? undefined : {}), {
    'Idempotency-Key': id,
    ...(isDryRun && { 'Dry-Run': 'true' }),
  }) as Promise<Answer<P, M>>;

/** All items of a list, page by page; `progress` hears how many there are so far. */
export async function readAll(path: string, { query, progress, signal, headers }: ReadingAll = {}): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let after: string | null = ''; after !== null;) {
    const address = addressOf(path, {}, { ...query, size: PAGE_SIZE_MAX, after });
    const page = (await send('GET', address, undefined, headers, signal)) as { items: unknown[]; next: string | null };
    items.push(...page.items);
    progress?.(items.length);
    after = page.next;
  }
  return items;
}

interface ReadingAll {
  query?: object;
  /** Told after each page how much there is. */
  progress?: (count: number) => void;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** How much later it is by the server than by this device, as its last answer said. */
export const serverClock = { aheadMs: 0 };

export async function send(
  method: string,
  address: string,
  body: unknown,
  more: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json', ...more };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const content = body === undefined ? undefined : JSON.stringify(body);
  const limit = AbortSignal.timeout(TIMEOUT_MS + Math.ceil((content?.length ?? 0) / BYTES_PER_MS));
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(address, {
      method,
      headers,
      body: content,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    text = await answer.text();
    noteTime(answer);
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Problem(0, { code: 'unreachable' });
  }
  const json =
    text && answer.headers.get('Content-Type')?.includes('json') ? (JSON.parse(text) as Record<string, unknown>) : null;
  if (!answer.ok) throw new Problem(answer.status, json ?? {});
  return json;
}

function noteTime(answer: Response): void {
  const said = Date.parse(answer.headers.get('Date') ?? '');
  if (!Number.isNaN(said)) serverClock.aheadMs = said + 500 - Date.now(); // it tells whole seconds
}
