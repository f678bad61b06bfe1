import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Facts, Page } from '@/components/Page';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['库存差异', 'Stock discrepancies'];
const SUB: Text = [
  '现场报了而账上没有的：已记录，待查明处理',
  'What the floor reported and the books do not have: recorded, to be looked into',
];
const SETTLE: Text = ['处理', 'Settle'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['未处理', 'Open'], search: 'status=Open' }];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE} sub={t(SUB)}>
      <DataTable
        isMain
        path="/api/inventory/discrepancies"
        query={{ sort: 'FoundAt', descending: true }}
        filters={['material', 'kind', 'status', 'from', 'to']}
        views={VIEWS}
        columns={[
          { member: 'kind', render: row => <Tag value={row.kind} tone="warn" /> },
          'status',
          'order',
          'material',
          'lot',
          'quantity',
          'unit',
          'foundAt',
          'settledBy',
          'settledAt',
          'settlement',
        ]}
        actions={row => (
          <>
            {row.status === 'Open' && (
              <VerbButton
                kind="text"
                label={SETTLE}
                method="post"
                path="/api/inventory/discrepancies/{id}/settle"
                at={{ id: row.id }}
                about={
                  <Facts
                    schema={{ ref: 'inventory/DiscrepancyView' }}
                    record={row}
                    members={['kind', 'order', 'material', 'lot', 'quantity', 'unit', 'foundAt']}
                  />
                }
              />
            )}
            <History kind="text" service="inventory" of={[['discrepancy', row.id]]} />
          </>
        )}
      />
    </Page>
  );
}
