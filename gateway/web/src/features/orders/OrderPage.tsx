import { Tabs } from 'antd';
import { Link, useParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { Tag } from '@/components/Value';
import { operationOf, type Answer } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { number, useText, type Text } from '@/lib/text';
import { Operations } from './Operations';
import { OrderVerbs } from './OrderVerbs';

const BACK: Text = ['工单', 'Orders'];
const OPERATIONS: Text = ['工序:计划与实际', 'Operations: plan and actual'];
const REPORTS: Text = ['报工', 'Reports'];
const INSPECTIONS: Text = ['检验', 'Inspections'];
const NONCONFORMANCES: Text = ['不合格品', 'Nonconformances'];
const HOLDS: Text = ['质量暂停', 'Holds'];
const DISCREPANCIES: Text = ['差异', 'Discrepancies'];
const MATERIAL: Text = ['物料', 'Material'];
const LOTS: Text = ['批次来源', 'Made from'];
const POLICIES: Text = ['管控策略', 'Policies'];

export type Order = Answer<'/api/work-orders/orders/{id}', 'get'>;

/** One order's whole story. */
export function Component() {
  const { id = '' } = useParams();
  const order = useRead('/api/work-orders/orders/{id}', { path: { id } });
  return <Loaded reading={order}>{data => <Story order={data} />}</Loaded>;
}

function Story({ order }: { order: Order }) {
  const t = useText();
  const schema = operationOf('get', '/api/work-orders/orders/{id}').answer!;
  const tab = (key: string, label: Text, children: React.ReactNode) => ({ key, label: t(label), children });
  return (
    <Page title={order.order} back={{ to: '/orders', name: BACK }} actions={<OrderVerbs order={order} />}
      sub={<><Tag value={order.status} /> · {order.product} · {number(order.quantity)} {order.unit}</>}>
      <div className="sections">
        <Facts schema={schema} record={order} members={['product', 'quantity', 'received', 'lot', 'routing', 'revision', 'priority', 'releaseAt', 'dueAt', 'statusReason']}
          links={{
            product: addressOf('/products/one', {}, { code: order.product }), lot: addressOf('/lots/one', {}, { material: order.product, lot: order.lot }),
            routing: addressOf('/routings/one', {}, { code: order.routing, revision: order.revision }),
          }} />
        <Section title={OPERATIONS}><Operations order={order} /></Section>
        <Tabs items={[
          tab('reports', REPORTS, <Reports order={order} />),
          tab('material', MATERIAL, <DataTable path="/api/inventory/demands" query={{ order: order.order }} columns={['material', 'required', 'issued', 'reserved', 'missing', 'unit']} />),
          tab('lots', LOTS, <DataTable path="/api/work-orders/genealogy/up" query={{ material: order.product, lot: order.lot }} columns={['depth', 'material', 'lot', 'quantity', 'order']}
            open={row => addressOf('/lots/one', {}, { material: row.material, lot: row.lot })} />),
          tab('inspections', INSPECTIONS, <DataTable path="/api/quality/inspections" query={{ order: order.order }} open={row => `/inspections/${row.id}`}
            columns={['number', 'operation', 'plan', 'status', 'quantity', 'acceptedQuantity', 'rejectedQuantity', 'openedAt']} />),
          tab('nonconformances', NONCONFORMANCES, <DataTable path="/api/quality/nonconformances" query={{ order: order.order }} open={row => `/nonconformances/${row.id}`}
            columns={['number', 'operation', 'status', 'quantity', 'undecided', 'openedAt']} />),
          tab('holds', HOLDS, <DataTable path="/api/quality/holds" query={{ orderId: order.id }} columns={['status', 'reason', 'lot', 'placedBy', 'placedAt', 'releasedAt']} />),
          tab('discrepancies', DISCREPANCIES, <DataTable path="/api/work-orders/discrepancies" query={{ orderId: order.id }}
            columns={[{ member: 'kind', render: row => <Tag value={row.kind} tone="warn" /> }, 'status', 'foundAt', 'settledAt', 'settlement']} />),
          tab('policies', POLICIES, <Facts schema={{ ref: 'work-orders/Policies' }} record={order.policies} />),
        ]} />
      </div>
    </Page>
  );
}

function Reports({ order }: { order: Order }) {
  return (
    <div className="sections">
      {order.operations.map(operation => (
        <Section key={operation.id} title={[`${operation.sequence} · ${operation.code}`, `${operation.sequence} · ${operation.code}`]}>
          <DataTable path="/api/work-orders/operations/{id}/reports" at={{ id: operation.id }}
            columns={['endedAt', 'equipment', { member: 'operator', render: row => <Link to={addressOf('/operators', {}, { search: row.operator })}>{row.operator}</Link> }, 'activity', 'good', 'scrap',
              'nonconforming', 'isRework', 'scrapReason', 'startedAt', 'reportedAt']} />
        </Section>
      ))}
    </div>
  );
}
