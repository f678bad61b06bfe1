import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { switchLanguage } from '../text';
import { hintInWords } from './hints';

const ROOT = '../..';
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(one =>
    ['bin', 'obj', 'web', 'node_modules'].includes(one.name)
      ? []
      : one.isDirectory()
        ? filesOf(join(folder, one.name))
        : one.name.endsWith('.cs')
          ? [join(folder, one.name)]
          : [],
  );
/** What validators say, without those texts that are put together of values other than numbers. */
const said = ['services', 'shared', 'gateway']
  .flatMap(folder => filesOf(join(ROOT, folder)))
  .flatMap(path => [...readFileSync(path, 'utf8').matchAll(/WithMessage\(\s*\$?"((?:[^"\\{]|\{\w+(?::\w+)?\})+)"\)/g)])
  .map(match => match[1]!.replace(/\{\w+(?::\w+)?\}/g, '1,000'));

describe('What is said of a field', () => {
  afterEach(() => switchLanguage('en'));

  it('has words in Chinese wherever a validator says it', () => {
    switchLanguage('zh-CN');
    expect(said.length).toBeGreaterThan(60);
    const unknown = said.filter(
      hint =>
        hintInWords(hint) === '此值不正确' && !/codes of equipment|table:key|Name some of|records\.|none of them null/.test(hint),
    );
    expect(unknown).toEqual([]);
  });

  it('keeps its numbers', () => {
    switchLanguage('zh-CN');
    expect(hintInWords('Use a quantity from 0 to 1,000,000.')).toBe('数量为 0 到 1,000,000');
    expect(hintInWords('Use 1 to 64 letters, digits or . _ - / : # + @')).toBe('请用 1 到 64 个字母、数字或 . _ - / : # + @');
    expect(hintInWords('Something nobody knows.')).toBe('此值不正确');
  });

  it('never shows a UUID or a JSON path', () => {
    expect(hintInWords('$.orderId is "RV-002C". Give a UUID in quotes or null.')).toBe('Choose one that is offered');
    expect(hintInWords('$.dueAt is "x". Give a time with its offset in quotes, as "2026-03-01T06:00:00Z".')).toBe('Enter a time');
  });
});
