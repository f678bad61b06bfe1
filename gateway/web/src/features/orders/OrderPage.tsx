import { Segmented, Tabs } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { Person } from '@/components/Person';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { operationOf, type Answer } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { number, useText, type Text } from '@/lib/text';
import type { RecordOf } from '@/lib/trail';
import { tracedAddress } from '@/lib/traced';
import { Attachments } from './Attachments';
import { Materials } from './Materials';
import { Operations } from './Operations';
import { OrderVerbs } from './OrderVerbs';

const BACK: Text = ['工单', 'Orders'];
const OPERATIONS: Text = ['工序：计划与实际', 'Operations: plan and actual'];
const REPORTS: Text = ['报工', 'Reports'];
const INSPECTIONS: Text = ['检验', 'Inspections'];
const NONCONFORMANCES: Text = ['不合格品', 'Nonconformances'];
const HOLDS: Text = ['质量暂停', 'Holds'];
const DISCREPANCIES: Text = ['差异', 'Discrepancies'];
const PIECES: Text = ['单件', 'Pieces'];
const MATERIAL: Text = ['物料', 'Material'];
const LOTS: Text = ['批次', 'Lots'];
const MADE_FROM: Text = ['批次来源', 'Made from'];
const INTO: Text = ['批次去向', 'Went into'];
const UNDO: Text = ['撤销', 'Undo'];
const CONFIRMATIONS: Text = ['ERP 确认', 'ERP'];
const NOTES: Text = ['备注', 'Notes'];
const POLICIES: Text = ['管控策略', 'Policies'];

export type Order = Answer<'/api/work-orders/orders/{id}', 'get'>;

/** One order's whole story. */
export function Component() {
  const { id = '' } = useParams();
  const order = useRead('/api/work-orders/orders/{id}', { path: { id } });
  return <Loaded reading={order}>{data => <Story key={data.id} order={data} />}</Loaded>;
}

function Story({ order }: { order: Order }) {
  const t = useText();
  const schema = operationOf('get', '/api/work-orders/orders/{id}').answer!;
  const tab = (key: string, label: Text, children: ReactNode) => ({ key, label: t(label), children });
  return (
    <Page
      title={order.order}
      back={{ to: '/orders', name: BACK }}
      actions={
        <>
          <OrderVerbs order={order} />
          <History service="work-orders" of={recordsOf(order)} />
        </>
      }
      sub={
        <>
          <Tag value={order.status} /> · {order.product} · {number(order.quantity)} {order.unit}
        </>
      }>
      <div className="sections">
        <Facts
          schema={schema}
          record={order}
          members={[
            'product',
            'quantity',
            'received',
            'lot',
            'routing',
            'revision',
            'priority',
            'releaseAt',
            'dueAt',
            'statusReason',
          ]}
          links={{
            product: addressOf('/products/one', {}, { code: order.product }),
            lot: addressOf('/lots/one', {}, { material: order.product, lot: order.lot }),
            routing: addressOf('/routings/one', {}, { code: order.routing, revision: order.revision }),
          }}
        />
        <Section title={OPERATIONS}>
          <Operations order={order} />
        </Section>
        <Attachments order={order.id} />
        <Tabs
          items={[
            tab('reports', REPORTS, <Reports order={order} />),
            tab(
              'pieces',
              PIECES,
              <DataTable
                path="/api/work-orders/orders/{id}/serials"
                at={{ id: order.id }}
                rowKey={row => row.serial}
                columns={['sequence', 'serial', 'state', 'allottedAt']}
                open={row => addressOf('/serials/one', {}, { product: order.product, serial: row.serial })}
              />,
            ),
            tab('material', MATERIAL, <Materials order={order} />),
            tab(
              'lots',
              LOTS,
              <div className="sections">
                {(
                  [
                    ['/api/work-orders/genealogy/up', MADE_FROM],
                    ['/api/work-orders/genealogy/down', INTO],
                  ] as const
                ).map(([path, title]) => (
                  <Section key={path} title={title}>
                    <DataTable
                      path={path}
                      query={{ material: order.product, lot: order.lot }}
                      columns={['depth', 'material', 'lot', 'serial', 'quantity', 'order']}
                      open={tracedAddress}
                    />
                  </Section>
                ))}
              </div>,
            ),
            tab(
              'inspections',
              INSPECTIONS,
              <DataTable
                path="/api/quality/inspections"
                query={{ order: order.order }}
                open={row => `/inspections/${row.id}`}
                columns={[
                  'number',
                  'operation',
                  'plan',
                  'status',
                  'quantity',
                  'acceptedQuantity',
                  'rejectedQuantity',
                  'openedAt',
                ]}
              />,
            ),
            tab(
              'nonconformances',
              NONCONFORMANCES,
              <DataTable
                path="/api/quality/nonconformances"
                query={{ order: order.order }}
                open={row => `/nonconformances/${row.id}`}
                columns={['number', 'operation', 'status', 'quantity', 'undecided', 'openedAt']}
              />,
            ),
            tab(
              'holds',
              HOLDS,
              <DataTable
                path="/api/quality/holds"
                query={{ orderId: order.id }}
                columns={['status', 'reason', 'lot', 'placedBy', 'placedAt', 'releasedAt']}
              />,
            ),
            tab(
              'discrepancies',
              DISCREPANCIES,
              <DataTable
                path="/api/work-orders/discrepancies"
                query={{ orderId: order.id }}
                columns={[
                  { member: 'kind', render: row => <Tag value={row.kind} tone="warn" /> },
                  'status',
                  'foundAt',
                  'settledAt',
                  'settlement',
                ]}
              />,
            ),
            tab(
              'confirmations',
              CONFIRMATIONS,
              <DataTable
                path="/api/work-orders/orders/{id}/confirmations"
                at={{ id: order.id }}
                rowKey={row => row.key}
                columns={[
                  'position',
                  'operation',
                  'equipment',
                  'operator',
                  'activity',
                  'good',
                  'scrap',
                  'nonconforming',
                  'startedAt',
                  'endedAt',
                  'reverses',
                  'corrects',
                ]}
              />,
            ),
            tab(
              'notes',
              NOTES,
              <DataTable
                path="/api/work-orders/orders/{id}/notes"
                at={{ id: order.id }}
                columns={['writtenAt', 'writtenBy', 'text']}
              />,
            ),
            tab('policies', POLICIES, <Facts schema={{ ref: 'work-orders/Policies' }} record={order.policies} />),
          ]}
        />
      </div>
    </Page>
  );
}

/** The order with its operations: what its history tells of. */
const recordsOf = (order: Order): RecordOf[] => [
  ['work_order', order.id, order.order],
  ...order.operations.map(one => ['operation', one.id, `${one.sequence} · ${one.code}`] as const),
];

/** The reports of one operation at a time, first those of the last one that was worked on. */
function Reports({ order }: { order: Order }) {
  const worked = order.operations.filter(operation => operation.status !== 'Waiting').at(-1) ?? order.operations[0];
  const [chosen, choose] = useState(worked?.id ?? '');
  return (
    <>
      <Segmented
        className="gap"
        value={chosen}
        onChange={choose}
        options={order.operations.map(operation => ({
          value: operation.id,
          label: `${operation.sequence} · ${operation.code}`,
        }))}
      />
      <DataTable
        key={chosen}
        path="/api/work-orders/operations/{id}/reports"
        at={{ id: chosen }}
        actions={row =>
          !row.reverses && (
            <VerbButton kind="text" label={UNDO} method="post" path="/api/work-orders/reports/{id}/undo" at={{ id: row.id }} />
          )
        }
        columns={[
          'endedAt',
          'equipment',
          {
            member: 'operator',
            render: row => (
              <Link to={addressOf('/operators', {}, { search: row.operator })}>
                <Person code={row.operator} />
              </Link>
            ),
          },
          'activity',
          'good',
          'scrap',
          'nonconforming',
          'isRework',
          'scrapReason',
          { member: 'serials', render: row => row.serials.map(unit => unit.serial).join(', ') },
          'startedAt',
          'reportedAt',
        ]}
      />
    </>
  );
}
