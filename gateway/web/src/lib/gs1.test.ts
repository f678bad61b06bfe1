import { describe, expect, it } from 'vitest';
import { digitalLink, readDigitalLink } from './gs1';

describe('A GS1 Digital Link', () => {
  const gtin = '09506000134352';

  it.each([
    [{ gtin }, '/01/09506000134352'],
    [{ gtin, lot: 'L1' }, '/01/09506000134352/10/L1'],
    [{ gtin, serial: 'S-01' }, '/01/09506000134352/21/S-01'],
    [{ gtin, lot: 'A/B?', serial: '7' }, '/01/09506000134352/10/A%2FB%3F/21/7'],
  ])('is written of %o and read again', (what, path) => {
    expect(digitalLink('https://mes.example', what)).toBe(`https://mes.example${path}`);
    expect(readDigitalLink(path)).toEqual({ lot: undefined, serial: undefined, ...what });
  });

  it.each(['批次1', 'a'.repeat(21), 'with space', ''])('cannot carry the lot %o', lot =>
    expect(digitalLink('https://mes.example', { gtin, lot })).toBeNull(),
  );

  it.each(['/01', '/01/x', '/10/L1', '/01/09506000134352/10', '/01/09506000134352/10/%', '01/09506000134352'])(
    'is not %s',
    path => expect(readDigitalLink(path)).toBeNull(),
  );
});
