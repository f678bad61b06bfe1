import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useState } from 'react';
import { AtOnceButton } from '@/components/AtOnceButton';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { ProblemAlert } from '@/components/Problem';
import { VerbButton } from '@/components/VerbButton';
import { read } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';

const TITLE: Text = ['编号规则', 'Numbering'];
const DEFINE: Text = ['设置规则', 'Define a rule'];
const EDIT: Text = ['修改', 'Edit'];
const REMOVE: Text = ['移除', 'Remove'];
const NEXT: Text = ['接下来：{numbers}', 'Next: {numbers}'];
const NEXT_NUMBER: Text = ['下一个编号', 'Next number'];
const HELP: Text = ['如 WO-{yyyy}{MM}-{counter:4}', 'Such as WO-{yyyy}{MM}-{counter:4}'];
const NONE: Text = ['还没有规则', 'There is no rule yet'];
const ROWS: Text = [
  '每行一条规则：类型为工单、批次或序列号；不填产品即适用于所有没有自己规则的产品',
  'A rule each row: of orders, lots or serials; without a product it is for all that have no rule of their own',
];
const KINDS = ['Orders', 'Lots', 'Serials'] as const;

type Kind = (typeof KINDS)[number];

/** How orders, lots and serials are numbered where nobody gives a number. */
export function Component() {
  return (
    <Page
      title={TITLE}
      actions={
        <ImportButton
          method="put"
          path="/api/work-orders/numbering/{kind}"
          address={['kind']}
          inQuery={['product']}
          note={ROWS}
        />
      }>
      <Tabs items={KINDS.map(kind => ({ key: kind, label: valueOf(kind), children: <Rules kind={kind} /> }))} />
    </Page>
  );
}

function Rules({ kind }: { kind: Kind }) {
  const t = useText();
  const [problem, setProblem] = useState<unknown>(null);
  const form = {
    method: 'put',
    path: '/api/work-orders/numbering/{kind}',
    at: { kind },
    inQuery: ['product'],
    options: { pattern: { help: HELP } },
  } as const;
  return (
    <>
      <div className="bar">
        <VerbButton kind="primary" label={DEFINE} {...form} below={values => <Preview kind={kind} values={values} />} />
      </div>
      {problem !== null && (
        <div className="gap">
          <ProblemAlert problem={problem} />
        </div>
      )}
      <DataTable
        path="/api/work-orders/numbering/{kind}"
        at={{ kind }}
        empty={t(NONE)}
        columns={['product', 'pattern', 'reset', { member: 'next', title: NEXT_NUMBER }]}
        more={['kind']}
        rowKey={row => row.product ?? ''}
        actions={row => (
          <>
            <VerbButton
              kind="text"
              label={EDIT}
              {...form}
              initial={row}
              below={values => <Preview kind={kind} values={values} />}
            />
            <AtOnceButton
              label={REMOVE}
              method="delete"
              path="/api/work-orders/numbering/{kind}"
              sent={{ path: { kind }, query: { product: row.product ?? undefined } }}
              onProblem={setProblem}
            />
            <History
              kind="text"
              service="work-orders"
              of={[['numbering_rule', { Kind: kind, Product: row.product ?? '' }, row.product ?? valueOf(kind)]]}
            />
          </>
        )}
      />
    </>
  );
}

/** The next numbers, while the pattern is typed. */
function Preview({ kind, values }: { kind: Kind; values: Record<string, unknown> }) {
  const t = useText();
  const typed = String(values.pattern ?? '');
  const preview = useQuery({
    queryKey: ['/api/work-orders/numbering/{kind}/preview', kind, typed, values.reset, values.product],
    enabled: typed !== '',
    retry: false,
    refetchInterval: false,
    queryFn: ({ signal }) =>
      read(
        '/api/work-orders/numbering/{kind}/preview',
        { path: { kind }, query: { pattern: typed, reset: values.reset, product: values.product || undefined } as never },
        signal,
      ),
  });
  if (preview.error) return <ProblemAlert problem={preview.error} />;
  return preview.data ? <p id="preview">{t(NEXT, { numbers: preview.data.next.join(' · ') })}</p> : null;
}
