import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { number, type Text } from '@/lib/text';

const TITLE: Text = ['不合格品', 'Nonconformances'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['未关闭', 'Open'], search: 'status=Open' }];

export function Component() {
  return (
    <Page title={TITLE}>
      <DataTable
        isMain
        path="/api/quality/nonconformances"
        filters={['status', 'order', 'from', 'to']}
        views={VIEWS}
        open={row => `/nonconformances/${row.id}`}
        columns={[
          'number',
          'status',
          'order',
          'operation',
          'product',
          'lot',
          { member: 'quantity', render: row => `${number(row.quantity)} ${row.unit}` },
          'undecided',
          'equipment',
          'openedAt',
        ]}
        more={['operator', 'reportedAt', 'endedAt']}
      />
    </Page>
  );
}
