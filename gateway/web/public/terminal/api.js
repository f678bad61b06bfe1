const TIMEOUT_MS = 20_000;

/** A random UUID; the browser's own function for it exists on HTTPS only. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A refusal, with its stable code, or `unreachable` when no answer came: then the command may or may not be applied. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.hint ?? body.title ?? String(status));
    this.status = status;
    this.code = body.code ?? 'refused';
    this.body = body;
  }

  /** Whether the same command, under the same id, should simply be sent again. */
  get isTemporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const get = path => send('GET', path);

/** All items of a list, page by page. */
export async function all(path) {
  const items = [];
  for (let page = { next: '' }; page.next !== null; items.push(...page.items)) {
    page = await get(`${path}?size=1000${page.next && `&after=${encodeURIComponent(page.next)}`}`);
  }
  return items;
}

/** Sends a command. Give a command the id again that it had, and it is applied once. */
export const post = (path, body, commandId = newId()) => send('POST', path, body, commandId);

async function send(method, path, body, commandId) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (commandId) headers['Idempotency-Key'] = commandId;
  let answer;
  let text;
  try {
    const content = body === undefined ? undefined : JSON.stringify(body);
    answer = await fetch(path, { method, headers, body: content, signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await answer.text();
  } catch {
    throw new Problem(0, { code: 'unreachable' });
  }
  const json = text && answer.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : null;
  if (!answer.ok) throw new Problem(answer.status, json ?? {});
  return json;
}
