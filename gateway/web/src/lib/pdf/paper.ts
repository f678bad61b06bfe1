import { fontsFor, type Weight } from './fonts';
import { readLayout, type Layout } from './layout';
import { writePdf } from './output';
import { pixelsOf, sizeOf } from './size';
import { Subset } from './subset';

export { fontsFor } from './fonts';
export { fileNameOf } from './size';

const PATIENCE_MS = 5000;

export interface PaperOptions {
  title: string;
  /** The size of a page, as CSS has it. */
  size: string;
  marginMm: number;
}

/** The papers that are shown as a PDF, each on pages of its own: laid out by the browser, as it prints them. */
export async function pdfOf(papers: HTMLElement, { title, size, marginMm }: PaperOptions): Promise<Blob> {
  const page = { ...sizeOf(size), margin: pixelsOf(marginMm) };
  const faces = await fontsFor(papers.textContent ?? '');
  const layouts = await layOut(papers, page.width - 2 * page.margin, (code, weight) => faces[weight](code) !== undefined);
  const fonts = { 400: new Subset(faces[400]), 700: new Subset(faces[700]) };
  return new Blob([await writePdf(layouts, page, fonts, title)], { type: 'application/pdf' });
}

/** Lays the papers out again where nobody sees it: in the width of a page, and in the font that the PDF has. */
async function layOut(papers: HTMLElement, width: number, has: (code: number, weight: Weight) => boolean): Promise<Layout[]> {
  await until(() => [...papers.querySelectorAll('.barcode')].every(code => code.querySelector('svg')));
  const copy = papers.cloneNode(true) as HTMLElement;
  copy.classList.add('for-pdf');
  copy.setAttribute('aria-hidden', 'true');
  copy.style.width = `${width}px`;
  papers.after(copy);
  try {
    await Promise.all([...copy.querySelectorAll('img')].map(image => image.decode().catch(() => {})));
    return [...copy.querySelectorAll<HTMLElement>('.paper')].map(paper => readLayout(paper, has));
  } finally {
    copy.remove();
  }
}

async function until(isReady: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isReady()) {
    if (performance.now() > end) throw new Error('the codes are not drawn');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
