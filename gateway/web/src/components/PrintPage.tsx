import { Alert, Button, Select } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { removeCSS, updateCSS } from '@/lib/dynamicCSS';
import { download } from '@/lib/files';
import { recall, remember } from '@/lib/memory';
import { dateTime, useText, type Text } from '@/lib/text';
import { Page } from './Page';
import { ProblemAlert } from './Problem';

const PRINT: Text = ['打印', 'Print'];
const PDF: Text = ['PDF', 'PDF'];
const SIZE: Text = ['纸张', 'Paper'];
const BEFORE: Text = [
  '已打印过,次数 {number},最近由 {who} 于 {time} 打印。再次打印会标明“补打”。',
  'Printed before: print {number} by {who}, {time}. Another one says that it is a reprint.',
];
const STAMP: Text = ['第 {number} 次打印 · {time} · {who}', 'Print {number} · {time} · {who}'];
const REPRINT: Text = ['补打 · 第 {number} 次打印 · {time} · {who}', 'Reprint · print {number} · {time} · {who}'];
const UNCOUNTED: Text = ['未登记的打印', 'A print that was not counted'];
const KEY = 'page-size';
const MARGINS_MM = { label: 2, traveller: 10 };

export interface Print {
  number: number;
  printedAt: string;
  printedBy: string;
}

interface PrintPageProps {
  title: string;
  back: { to: string; name: Text };
  /** Sizes as CSS has them, the first unless chosen; what was chosen is remembered. */
  sizes: Record<string, string>;
  kind: keyof typeof MARGINS_MM;
  /** What the paper is and of what, of which the PDF gets its name. */
  file: string[];
  /** The print before, where there was one. */
  last?: Print;
  /** Counts a print, before it is made. */
  record: () => Promise<Print>;
  actions?: ReactNode;
  /** There is nothing to print. */
  isEmpty?: boolean;
  /** The paper, or several of them, each with what says the how manieth print it is. */
  children: (stamp: ReactNode) => ReactNode;
}

/** A page for paper: shown as it will be printed, in a size that is chosen; each print and PDF is counted; another says so. */
export function PrintPage({ title, back, sizes, kind, file, last, record, actions, isEmpty, children }: PrintPageProps) {
  const t = useText();
  const names = Object.keys(sizes);
  const [size, setSize] = useState(() => recall(`paper.${kind}`, names[0]!));
  const [print, setPrint] = useState<Print | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const papers = useRef<HTMLDivElement>(null);
  const chosen = names.includes(size) ? size : names[0]!;
  useEffect(() => {
    updateCSS(`@page { size: ${sizes[chosen]}; margin: ${MARGINS_MM[kind]}mm; }`, KEY);
    return () => removeCSS(KEY);
  }, [chosen, kind, sizes]);
  const choose = (name: string) => {
    setSize(name);
    remember(`paper.${kind}`, name);
  };
  // Another print is another number; what is printed past the button says that nobody counted it
  useEffect(() => {
    const forget = () => setPrint(null);
    window.addEventListener('afterprint', forget);
    return () => window.removeEventListener('afterprint', forget);
  }, []);
  // What may fail before there is a paper fails before it is counted
  const count = async (prepare: () => Promise<() => void | Promise<void>>) => {
    setIsBusy(true);
    try {
      const make = await prepare();
      const made = await record();
      flushSync(() => {
        setPrint(made);
        setProblem(null);
      });
      await make();
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setIsBusy(false);
    }
  };
  const printNow = () => count(async () => () => window.print());
  const save = () =>
    count(async () => {
      const { fileNameOf, fontsFor, pdfOf } = await import('@/lib/pdf/paper');
      await fontsFor(`${papers.current!.textContent}${t(STAMP)}${t(REPRINT)}`);
      return async () => {
        const made = await pdfOf(papers.current!, { title, size: sizes[chosen]!, marginMm: MARGINS_MM[kind] });
        download(made, fileNameOf(...file));
        setPrint(null);
      };
    });
  const said = (text: Text, one: Print) => t(text, { number: one.number, time: dateTime(one.printedAt), who: one.printedBy });
  return (
    <Page
      title={title}
      back={back}
      actions={
        <>
          {actions}
          <Select value={chosen} onChange={choose} aria-label={t(SIZE)} options={names.map(value => ({ value, label: value }))} />
          <Button disabled={isEmpty} loading={isBusy} onClick={() => void save()}>
            {t(PDF)}
          </Button>
          <Button type="primary" disabled={isEmpty || isBusy} onClick={() => void printNow()}>
            {t(PRINT)}
          </Button>
        </>
      }>
      <div className="not-printed">
        {problem !== null && <ProblemAlert problem={problem} />}
        {last && <Alert className="gap" type="warning" showIcon title={said(BEFORE, last)} />}
      </div>
      <div ref={papers} className={`papers ${kind} ${chosen.replace(/[^A-Za-z0-9]+/g, '-')}`}>
        {children(
          <span className={print ? 'stamp' : 'stamp only-printed'}>
            {print ? said(print.number > 1 ? REPRINT : STAMP, print) : t(UNCOUNTED)}
          </span>,
        )}
      </div>
    </Page>
  );
}
