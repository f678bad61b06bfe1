import { Select } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { History } from '@/components/History';
import { LinkButton } from '@/components/LinkButton';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Value } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import type { Answer } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { Instructions } from './Instructions';
import { RoutingDifference } from './RoutingDifference';
import { RoutingGraph } from './RoutingGraph';
import { RoutingWarnings } from './RoutingWarnings';

const BACK: Text = ['工艺路线', 'Routings'];
const DATES: Text = ['生效日期', 'Effective dates'];
const ALWAYS: Text = ['一直有效', 'always effective'];
const EFFECTIVE: Text = ['{from} 至 {to} 有效', 'effective {from} – {to}'];
const NEW_REVISION: Text = ['新版本', 'New revision'];
const GRAPH: Text = ['流程', 'Flow'];
const STEPS: Text = ['工步', 'Steps'];
const COMPONENTS: Text = ['物料清单', 'Components'];
const POLICIES: Text = ['管控策略', 'Policies'];
const COMPARE: Text = ['与其他版本比较', 'Compare with another revision'];
const NO_COMPONENTS: Text = ['不需要物料', 'Nothing goes in'];

type Routing = Answer<'/api/work-orders/routings/{code}/{revision}', 'get'>;

/** A routing's revision: its steps as a flow and as a table, what goes in, what is enforced. */
export function Component() {
  const t = useText();
  const [params] = useSearchParams();
  const at = { code: params.get('code') ?? '', revision: params.get('revision') ?? '' };
  const routing = useRead('/api/work-orders/routings/{code}/{revision}', { path: at });
  const may = useMay();
  const [other, setOther] = useState<string | null>(null);
  return (
    <Loaded reading={routing}>
      {data => (
        <Page
          title={`${data.code} / ${data.revision}`}
          back={{ to: '/routings', name: BACK }}
          sub={
            <>
              <Link to={addressOf('/products/one', {}, { code: data.product })}>{data.product}</Link> ·{' '}
              {data.effectiveFrom || data.effectiveTo
                ? t(EFFECTIVE, { from: timeOf(data.effectiveFrom), to: timeOf(data.effectiveTo) })
                : t(ALWAYS)}
            </>
          }
          actions={
            <>
              <VerbButton
                label={DATES}
                method="put"
                path="/api/work-orders/routings/{code}/{revision}/effectivity"
                at={at}
                initial={data}
              />
              <History service="work-orders" of={[['routing', { Code: at.code, Revision: at.revision }]]} />
              {may('put', '/api/work-orders/routings/{code}/{revision}') && (
                <LinkButton to={addressOf('/routings/edit', {}, at)} type="primary">
                  {t(NEW_REVISION)}
                </LinkButton>
              )}
            </>
          }>
          <div className="sections">
            <RoutingWarnings warnings={data.warnings} />
            <Section title={GRAPH}>
              <RoutingGraph steps={data.steps} />
            </Section>
            <Section title={STEPS}>
              <Steps routing={data} />
            </Section>
            <Instructions routing={data} />
            <Section title={COMPONENTS}>
              {data.components.length === 0 ? (
                <p className="muted">{t(NO_COMPONENTS)}</p>
              ) : (
                <SheetTable
                  rowKey="material"
                  dataSource={data.components}
                  columns={[
                    { title: t(nameOf('material')), dataIndex: 'material' },
                    {
                      title: t(nameOf('quantityPerUnit')),
                      align: 'right',
                      render: (_, row) => number(row.quantityPerUnit, 6),
                    },
                    { title: t(nameOf('unit')), dataIndex: 'unit' },
                    { title: t(nameOf('step')), render: (_, row) => row.step ?? '–' },
                    {
                      title: t(nameOf('isBackflushed')),
                      render: (_, row) => <Value schema={{ type: 'boolean' }} value={row.isBackflushed} />,
                    },
                    {
                      title: t(nameOf('substitutes')),
                      render: (_, row) =>
                        row.substitutes?.map(one => `${one.material} × ${number(one.ratio, 6)}`).join(', ') || '–',
                    },
                  ]}
                />
              )}
            </Section>
            <Section title={POLICIES}>
              <Facts schema={{ ref: 'work-orders/Policies' }} record={data.policies} />
            </Section>
            <Section title={COMPARE}>
              <Compare routing={data} other={other} choose={setOther} />
            </Section>
          </div>
        </Page>
      )}
    </Loaded>
  );
}

function Steps({ routing }: { routing: Routing }) {
  const t = useText();
  const members = ['setupSeconds', 'runSecondsPerUnit', 'setupFamily', 'isReceipt', 'isInspection'] as const;
  return (
    <SheetTable
      rowKey="code"
      dataSource={routing.steps}
      columns={[
        { title: t(nameOf('code')), dataIndex: 'code' },
        { title: t(nameOf('equipment')), render: (_, row) => row.equipment.join(', ') },
        ...members.map(member => ({
          title: t(nameOf(member)),
          render: (_: unknown, row: Routing['steps'][number]) => <Value schema={{}} value={row[member]} member={member} />,
        })),
      ]}
    />
  );
}

function Compare({ routing, other, choose }: { routing: Routing; other: string | null; choose: (revision: string) => void }) {
  const revisions = useRead('/api/work-orders/routings', { query: { product: routing.product, size: 200 } });
  const others = (revisions.data?.items ?? []).filter(one => one.code === routing.code && one.revision !== routing.revision);
  const chosen = others.find(one => one.revision === other);
  const t = useText();
  return (
    <>
      <Select
        className="filter gap"
        value={other}
        onChange={choose}
        placeholder={t(nameOf('revision'))}
        aria-label={t(nameOf('revision'))}
        options={others.map(one => ({ value: one.revision, label: one.revision }))}
      />
      {chosen && <RoutingDifference before={chosen} after={routing} />}
    </>
  );
}

const timeOf = (at: string | null) => (at ? dateTime(at) : '…');
