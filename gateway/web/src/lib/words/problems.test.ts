import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROBLEMS } from './problems';

const DOCUMENTS = '../openapi';

/** The stable codes that a document names, wherever in it. */
function codesOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(codesOf);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => (name === 'x-codes' ? (value as string[]) : codesOf(value)));
}
const missing = (codes: Iterable<string>) => [...new Set(codes)].filter(code => !(code in PROBLEMS)).sort();

describe('The words of refusals', () => {
  const codes = readdirSync(DOCUMENTS)
    .filter(name => name.endsWith('.json'))
    .flatMap(name => codesOf(JSON.parse(readFileSync(join(DOCUMENTS, name), 'utf8'))));

  it('are there for every code that the documents name', () => {
    expect(new Set(codes).size).toBeGreaterThan(200);
    expect(missing(codes)).toEqual([]);
  });

  it('are missed where they are not there', () => {
    expect(missing(codesOf({ paths: [{ 'x-codes': ['order-not-found', 'nobody-knows-it'] }] }))).toEqual(['nobody-knows-it']);
  });

  it('are there for what any address may answer', () => {
    expect(missing(['no-such-address', 'method-not-allowed', 'not-json', 'not-utf8', 'body-too-large', 'unreachable'])).toEqual(
      [],
    );
  });

  it('are in both languages, with no code in them', () => {
    for (const [code, [zh, en]] of Object.entries(PROBLEMS)) {
      expect(zh, code).toMatch(/[\u4e00-\u9fff]/);
      expect(zh, code).not.toMatch(/[a-z]{2,}-[a-z]{2,}/);
      expect(en, code).toMatch(/^[\x20-\x7e“”’]+$/);
    }
  });
});
