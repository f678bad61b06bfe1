import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { pathOf } from './content';
import { Subset } from './subset';
import { readWoff, type Face } from './woff';
import { hexOf, textOf } from './writer';

async function read(slice: string): Promise<Face> {
  const file = await readFile(`node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-${slice}-400-normal.woff`);
  return await readWoff(file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer);
}

describe('A font of few characters', () => {
  it('has the outlines that the files have, each once, and an empty one for what they lack', async () => {
    const faces = [await read('latin'), await read('119')];
    const font = new Subset(code => faces.find(face => face.glyphs.has(code)));
    const glyphs = [...'A中AéΩ'].map(letter => font.glyphOf(letter.codePointAt(0)!));
    expect(glyphs[0]).toBe(glyphs[2]);
    expect(new Set(glyphs).size).toBe(4);
    const [latin, chinese] = faces as [Face, Face];
    expect(font.glyphs[glyphs[0]!]!.outline).toEqual(latin.outlineOf(latin.glyphs.get(65)!));
    expect(font.glyphs[glyphs[1]!]).toMatchObject({ advance: 1000, code: 0x4e2d });
    expect(font.glyphs[glyphs[1]!]!.outline).toEqual(chinese.outlineOf(chinese.glyphs.get(0x4e2d)!));
    expect(font.glyphs[glyphs[4]!]).toMatchObject({ outline: new Uint8Array(), code: 0x3a9 });

    const { bytes, ascent, descent } = font.build();
    expect([ascent, descent]).toEqual([1160, -288]);
    expect(new TextDecoder().decode(bytes.slice(12, 16))).toBe('glyf');
    expect(bytes.length).toBeLessThan(5000);
  });
});

describe('What a PDF is written in', () => {
  it('has texts in UTF-16', () => {
    expect(textOf('流转卡')).toBe('<FEFF6D418F6C5361>');
    expect(hexOf('😀')).toBe('D83DDE00');
  });

  it('has paths of lines, and refuses others', () => {
    expect(pathOf('M2 69L2 0M4.5,1L0 0Z')).toBe('2 69 m 2 0 l 4.5 1 m 0 0 l h');
    expect(() => pathOf('M0 0C1 1 2 2 3 3')).toThrow('more than lines');
  });
});
