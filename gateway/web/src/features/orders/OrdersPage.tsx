import { Empty } from 'antd';
import dayjs from 'dayjs';
import { DataTable } from '@/components/DataTable';
import { ImportButton } from '@/components/ImportButton';
import { LinkButton } from '@/components/LinkButton';
import { Page } from '@/components/Page';
import { Tag } from '@/components/Value';
import { isLate, OPEN_SEARCH } from '@/lib/late';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { CreateOrder } from './CreateOrder';

const TITLE: Text = ['工单', 'Orders'];
const EMPTY: Text = [
  '没有未完成的工单。先定义产品与工艺路线，再下工单，或由 ERP 发送。',
  'No order is open. Define a product and a routing, then enter an order, or let the ERP send it.',
];
const TO_PRODUCTS: Text = ['去定义产品', 'Define a product'];
const LATE: Text = ['延误', 'Late'];
const RUSH: Text = ['加急', 'Rush'];
const RUSH_FROM = 100;

/** Today's end makes a view of its own each day. */
const viewsOf = (today: dayjs.Dayjs): { name: Text; search: string }[] => [
  { name: ['延误', 'Late'], search: 'late=true' },
  { name: ['未完成', 'Open'], search: OPEN_SEARCH },
  { name: ['等待下达', 'Waiting'], search: 'status=Planned' },
  { name: ['暂停', 'On hold'], search: 'status=OnHold' },
  {
    name: ['今日到期', 'Due today'],
    search: `${OPEN_SEARCH}&${new URLSearchParams({
      from: today.startOf('day').toISOString(),
      to: today.endOf('day').toISOString(),
    })}`,
  },
];

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="post" path="/api/work-orders/orders" address={[]} unique="order" />
          <CreateOrder />
        </>
      }>
      <DataTable
        isMain
        path="/api/work-orders/orders"
        query={{ sort: 'DueAt' }}
        begin={OPEN_SEARCH}
        views={viewsOf(dayjs())}
        filters={['status', 'product', 'from', 'to']}
        open={row => `/orders/${row.id}`}
        columns={[
          'order',
          'product',
          { member: 'quantity', render: row => `${number(row.quantity)} ${row.unit}` },
          { member: 'received', render: row => <Received done={row.received} of={row.quantity} /> },
          'status',
          {
            member: 'priority',
            render: row => (row.priority >= RUSH_FROM ? <Tag value={t(RUSH)} tone="bad" /> : row.priority),
          },
          {
            member: 'dueAt',
            render: row => (
              <>
                {row.dueAt ? dateTime(row.dueAt) : <span className="muted">–</span>}{' '}
                {isLate(row) && <Tag value={t(LATE)} tone="bad" />}
              </>
            ),
          },
          'plannedEndAt',
        ]}
        more={['lot', 'routing', 'revision', 'releaseAt', 'statusReason']}
        empty={
          <Empty description={t(EMPTY)}>
            <LinkButton to="/products">{t(TO_PRODUCTS)}</LinkButton>
          </Empty>
        }
      />
    </Page>
  );
}

function Received({ done, of }: { done: number; of: number }) {
  const share = of > 0 ? Math.min(done / of, 1) * 100 : 0;
  return (
    <div>
      <span className="num">{number(done)}</span>
      <div className="meter">
        <span style={{ width: `${share}%` }} />
      </div>
    </div>
  );
}
