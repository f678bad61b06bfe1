/** What the text of an application identifier may have (GS1 General Specifications, figure 7.11-1). */
export const CHARACTERS = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;
/** Of a lot or a serial number so many at most. */
const TEXT_MAX = 20;

interface Identified {
  gtin: string;
  lot?: string;
  serial?: string;
}

/**
 * A GS1 Digital Link URI (standard 1.2, section 4) that this installation itself resolves: 01 is the GTIN, 10 the lot, 21 the
 * serial number. Null where a number has characters that no such link can carry.
 */
export function digitalLink(origin: string, { gtin, lot, serial }: Identified): string | null {
  if ([lot, serial].some(text => text !== undefined && !(CHARACTERS.test(text) && text.length <= TEXT_MAX))) return null;
  const part = (identifier: string, text?: string) => (text === undefined ? '' : `/${identifier}/${encodeURIComponent(text)}`);
  return `${origin}/01/${gtin}${part('10', lot)}${part('21', serial)}`;
}

/** What a Digital Link's path says, or null where it is none. */
export function readDigitalLink(path: string): Identified | null {
  const [empty, ...parts] = path.split('/');
  const values = new Map<string, string>();
  try {
    for (let at = 0; at + 1 < parts.length; at += 2) values.set(parts[at]!, decodeURIComponent(parts[at + 1]!));
  } catch {
    return null; // a % that encodes nothing
  }
  const gtin = values.get('01');
  if (empty !== '' || parts.length % 2 === 1 || !gtin || !/^\d{8,14}$/.test(gtin)) return null;
  return { gtin, lot: values.get('10'), serial: values.get('21') };
}
