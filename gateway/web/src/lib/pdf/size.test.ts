import { describe, expect, it } from 'vitest';
import { fileNameOf, pixelsOf, pointsOf, sizeOf } from './size';

const pointsOfSize = (css: string) => {
  const { width, height } = sizeOf(css);
  return [pointsOf(width), pointsOf(height)].map(value => Number(value.toFixed(2)));
};

describe('The size of a page', () => {
  it.each([
    ['A4', [595.28, 841.89]],
    ['A5 landscape', [595.28, 419.53]],
    ['letter', [612, 792]],
    ['50mm 30mm', [141.73, 85.04]],
  ])('%s', (css, points) => {
    expect(pointsOfSize(css)).toEqual(points);
  });

  it('is known or refused', () => {
    expect(() => sizeOf('B5')).toThrow('B5');
    expect(() => sizeOf('50mm')).toThrow('50mm');
  });

  it('is an inch of 96 pixels and 72 points', () => {
    expect(pixelsOf(25.4)).toBeCloseTo(96);
    expect(pointsOf(96)).toBe(72);
  });
});

describe('The name of a file', () => {
  it.each([
    [['traveller', 'WO-1001'], 'traveller-WO-1001.pdf'],
    [['lot', '丝杠 A/B', '*?'], 'lot-丝杠-A-B.pdf'],
    [['lot', '..\\..\\x'], 'lot-..-..-x.pdf'],
    [['lot', 'x'.repeat(200)], `lot-${'x'.repeat(116)}.pdf`],
  ])('%j', (words, name) => {
    expect(fileNameOf(...words)).toBe(name);
  });
});
