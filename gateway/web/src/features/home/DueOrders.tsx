import { Link } from 'react-router';
import { LinkButton } from '@/components/LinkButton';
import { Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Tag } from '@/components/Value';
import { useRead } from '@/lib/api/hooks';
import { isLate } from '@/lib/late';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const DUE: Text = ['最先到期的未完成工单', 'Open orders due first'];
const ALL: Text = ['全部', 'All'];
const NONE: Text = ['没有未完成的工单', 'No order is open'];
const LATE: Text = ['延误', 'Late'];
const SHOWN = 6;
const OPEN = 'status=Planned&status=Released&status=OnHold&sort=DueAt';

/** The orders that want looking after first. */
export function DueOrders() {
  const t = useText();
  const orders = useRead('/api/work-orders/orders', {
    query: { status: ['Planned', 'Released', 'OnHold'], sort: 'DueAt', size: SHOWN },
  });
  const rows = (orders.data?.items ?? []).filter(order => order.dueAt);
  const head = (member: string) => t(nameOf(member));
  return (
    <Section title={DUE} extra={<LinkButton to={`/orders?${OPEN}`}>{t(ALL)}</LinkButton>}>
      <SheetTable
        rowKey="id"
        dataSource={rows}
        loading={orders.isLoading}
        locale={{ emptyText: t(NONE) }}
        columns={[
          { title: head('order'), render: (_, row) => <Link to={`/orders/${row.id}`}>{row.order}</Link> },
          { title: head('product'), dataIndex: 'product' },
          {
            title: head('received'),
            align: 'right',
            render: (_, row) => `${number(row.received)} / ${number(row.quantity)} ${row.unit}`,
          },
          { title: head('status'), render: (_, row) => <Tag value={row.status} /> },
          {
            title: head('dueAt'),
            render: (_, row) => (
              <>
                {dateTime(row.dueAt!)} {isLate(row) && <Tag value={t(LATE)} tone="bad" />}
              </>
            ),
          },
          { title: head('plannedEndAt'), render: (_, row) => (row.plannedEndAt ? dateTime(row.plannedEndAt) : '–') },
        ]}
      />
    </Section>
  );
}
