import { Button, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { removeCSS, updateCSS } from '@/lib/dynamicCSS';
import { recall, remember } from '@/lib/memory';
import { useText, type Text } from '@/lib/text';
import { Page } from './Page';

const PRINT: Text = ['打印 / 存为 PDF', 'Print or save as PDF'];
const SIZE: Text = ['纸张', 'Paper'];
const KEY = 'page-size';

interface PrintPageProps {
  title: string;
  back: { to: string; name: Text };
  /** Sizes as CSS has them, the first unless chosen; what was chosen is remembered. */
  sizes: Record<string, string>;
  kind: string;
  children: ReactNode;
}

/** A page for paper: shown as it will be printed, in a size that is chosen. */
export function PrintPage({ title, back, sizes, kind, children }: PrintPageProps) {
  const t = useText();
  const names = Object.keys(sizes);
  const [size, setSize] = useState(() => recall(`paper.${kind}`, names[0]!));
  const chosen = names.includes(size) ? size : names[0]!;
  useEffect(() => {
    updateCSS(`@page { size: ${sizes[chosen]}; margin: ${kind === 'label' ? '2mm' : '10mm'}; }`, KEY);
    return () => removeCSS(KEY);
  }, [chosen, kind, sizes]);
  const choose = (name: string) => {
    setSize(name);
    remember(`paper.${kind}`, name);
  };
  const actions = (
    <>
      <Select value={chosen} onChange={choose} aria-label={t(SIZE)} options={names.map(value => ({ value, label: value }))} />
      <Button type="primary" onClick={() => window.print()}>
        {t(PRINT)}
      </Button>
    </>
  );
  return (
    <Page title={title} back={back} actions={actions}>
      <div className={`paper ${kind} ${chosen.replace(/[^A-Za-z0-9]+/g, '-')}`}>{children}</div>
    </Page>
  );
}
