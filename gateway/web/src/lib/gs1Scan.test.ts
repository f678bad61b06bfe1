import { describe, expect, it } from 'vitest';
import { dayOf, hasCheckDigit, readScan } from './gs1Scan';

const GTIN = '09506000134352';
const GS = '\u001d';
const gs1 = (scanned: string) => {
  const reading = readScan(scanned);
  return reading.kind === 'gs1' ? { ...Object.fromEntries(reading.values) } : reading;
};

describe('An element string', () => {
  it.each([
    [`]C101${GTIN}10L1`, { '01': GTIN, '10': 'L1' }],
    [`]d201${GTIN}10L1${GS}21S7`, { '01': GTIN, '10': 'L1', '21': 'S7' }],
    [`]Q321S7${GS}01${GTIN}`, { '01': GTIN, '21': 'S7' }],
    [`${GS}01${GTIN}1726123110A-1`, { '01': GTIN, '17': '261231', '10': 'A-1' }],
    [`01${GTIN}10L1${GS}3010`, { '01': GTIN, '10': 'L1', '30': '10' }],
    [`(01)${GTIN}(17)261200(10)L1`, { '01': GTIN, '17': '261200', '10': 'L1' }],
    [`01${GTIN}`, { '01': GTIN }],
    [`01${GTIN}17261231`, { '01': GTIN, '17': '261231' }],
    [`01${GTIN}10AB`, { '01': GTIN, '10': 'AB' }],
    ['00106141411234567897', { '00': '106141411234567897' }],
    [`]C13102001250${GS}10L`, { '3102': '001250', '10': 'L' }],
  ])('%o is read', (scanned, values) => expect(gs1(scanned)).toEqual(values));

  it('tells what it names', () => {
    const reading = readScan(`]d201${GTIN}17261200${'10'}L1${GS}21S7`);
    expect(reading).toMatchObject({ kind: 'gs1', gtin: GTIN, lot: 'L1', serial: 'S7', expiresOn: '2026-12-31' });
  });

  it.each([
    [`]C101${GTIN.slice(0, 13)}3`, 'check-digit', '01'],
    [`]C101${GTIN.slice(0, 9)}`, 'too-short', '01'],
    [`]C110${'L'.repeat(21)}`, 'too-long', '10'],
    [`]C117261301`, 'no-date', '17'],
    [`]C117260230`, 'no-date', '17'],
    [`]C110${GS}21S`, 'too-short', '10'],
    [`]C110批次`, 'characters', '10'],
    [`]C130A`, 'characters', '30'],
    [`]C18812`, 'unknown-identifier', '8812'],
    [`]C110A${GS}10B`, 'ambiguous', '10'],
    [`(01)${GTIN}(88)1`, 'unknown-identifier', '88'],
    [`01${GTIN}10L121S7`, 'ambiguous', '10'],
    [`01${GTIN.slice(0, 13)}310L`, 'check-digit', '01'],
    [`01${GTIN}88X`, 'unknown-identifier', '88'],
  ])('%o is refused: %s', (scanned, fault, at) => expect(readScan(scanned)).toEqual({ kind: 'refused', fault, at }));
});

describe('A Digital Link', () => {
  it.each([
    [`https://mes.example/01/${GTIN}/10/L1/21/S7`, { '01': GTIN, '10': 'L1', '21': 'S7' }],
    [`https://id.example/some/shop/01/${GTIN}/10/A%2FB?17=261231&utm=x`, { '01': GTIN, '10': 'A/B', '17': '261231' }],
    ['http://mes.example/01/9506000134352', { '01': GTIN }],
  ])('%o is read', (scanned, values) => expect(gs1(scanned)).toEqual(values));

  it('with a wrong check digit is refused', () =>
    expect(readScan('https://mes.example/01/09506000134353')).toEqual({ kind: 'refused', fault: 'check-digit', at: '01' }));
});

describe('A code of the plant', () => {
  it.each(['WO-1', '4711', '0195060001', `01${GTIN.slice(0, 13)}3`, 'https://mes.example/orders/1', 'B-(01)'])(
    '%o is taken as it is',
    text => expect(readScan(` ${text} `)).toEqual({ kind: 'plain', text }),
  );
});

describe('The parts', () => {
  it.each([
    ['09506000134352', true],
    ['09506000134353', false],
    ['106141411234567897', true],
    ['x', false],
  ])('check digit of %s: %s', (digits, isRight) => expect(hasCheckDigit(digits)).toBe(isRight));

  it.each([
    ['261231', '2026-12-31'],
    ['260200', '2026-02-28'],
    ['280229', '2028-02-29'],
    ['770101', '1977-01-01'],
    ['760101', '2076-01-01'],
    ['260001', null],
    ['26011', null],
  ])('day %s: %s', (text, day) => expect(dayOf(text, new Date('2026-12-01T00:00:00Z'))).toBe(day));
});
