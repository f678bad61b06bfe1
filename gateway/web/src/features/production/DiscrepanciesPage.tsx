import { Link } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Facts, Page } from '@/components/Page';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['报工差异', 'Discrepancies'];
const SUB: Text = [
  '与规则不符的报工：已如实记录，待查明处理',
  'What was reported against a rule: recorded as it happened, to be looked into',
];
const SETTLE: Text = ['处理', 'Settle'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['待处理', 'Open'], search: 'status=Open' }];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE} sub={t(SUB)}>
      <DataTable
        isMain
        path="/api/work-orders/discrepancies"
        query={{ sort: 'FoundAt', descending: true }}
        filters={['kind', 'order', 'status', 'from', 'to']}
        views={VIEWS}
        columns={[
          { member: 'kind', render: row => <Tag value={row.kind} tone="warn" /> },
          { member: 'order', render: row => <Link to={`/orders/${row.orderId}`}>{row.order}</Link> },
          'operation',
          'equipment',
          'operator',
          'foundAt',
          'status',
          'settlement',
        ]}
        more={['settledAt']}
        actions={row => (
          <>
            {row.status === 'Open' && (
              <VerbButton
                kind="text"
                label={SETTLE}
                method="post"
                path="/api/work-orders/discrepancies/{id}/settle"
                at={{ id: row.id }}
                about={
                  <Facts
                    schema={{ ref: 'work-orders/DiscrepancyView' }}
                    record={row}
                    members={['kind', 'order', 'operation', 'equipment', 'operator', 'foundAt']}
                  />
                }
              />
            )}
            <History kind="text" service="work-orders" of={[['discrepancy', row.id]]} />
          </>
        )}
      />
    </Page>
  );
}
