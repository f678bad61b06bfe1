import { join } from './subset';
import { deflate } from './woff';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A text of a dictionary, in UTF-16 as PDF has it. */
export const textOf = (text: string) => `<FEFF${[...text].map(hexOf).join('')}>`;

export const hexOf = (letter: string) =>
  Array.from({ length: letter.length }, (_, index) => hex(letter.charCodeAt(index))).join('');

export const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, '0');

/** The objects of a PDF, in the order in which they came. */
export class PdfFile {
  private readonly objects: (Uint8Array | null)[] = [];

  /** The number of an object that is written later. */
  reserve(): number {
    return this.objects.push(null);
  }

  put(dictionary: string, at = this.reserve()): number {
    this.objects[at - 1] = bytesOf(dictionary);
    return at;
  }

  async putStream(content: string | Uint8Array<ArrayBuffer>, dictionary = '', isPacked = false): Promise<number> {
    const plain = typeof content === 'string' ? bytesOf(content) : content;
    const bytes = isPacked ? plain : await deflate(plain);
    const filter = isPacked ? '' : '/Filter /FlateDecode ';
    const head = `<< ${filter}${dictionary} /Length ${bytes.length} >>\nstream\n`;
    return this.objects.push(join([bytesOf(head), bytes, bytesOf('\nendstream')]));
  }

  build(root: number, info: number): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array[] = [bytesOf('%PDF-1.7\n%\u00e4\u00f6\u00fc\n')];
    let length = parts[0]!.length;
    const places = this.objects.map((object, index) => {
      if (!object) throw new Error(`object ${index + 1} was never written`);
      const place = length;
      const part = join([bytesOf(`${index + 1} 0 obj\n`), object, bytesOf('\nendobj\n')]);
      length += part.length;
      parts.push(part);
      return place;
    });
    const count = places.length + 1;
    const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
    parts.push(
      bytesOf(`xref\n0 ${count}\n0000000000 65535 f \n${table}`),
      bytesOf(`trailer\n<< /Size ${count} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${length}\n%%EOF\n`),
    );
    return join(parts);
  }
}
