import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { number, useText, type Text } from '@/lib/text';

const TITLE: Text = ['检验', 'Inspections'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['待检任务', 'Waiting for inspection'], search: 'status=Open' }];
const NONE: Text = [
  '还没有检验。检验计划规定何时检验，报工时自动开立。',
  'There is no inspection yet. An inspection plan says when to inspect; reports then open them.',
];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE}>
      <DataTable
        isMain
        path="/api/quality/inspections"
        filters={['status', 'order', 'plan', 'from', 'to']}
        views={VIEWS}
        open={row => `/inspections/${row.id}`}
        empty={t(NONE)}
        columns={[
          'number',
          'status',
          'order',
          'operation',
          'product',
          'lot',
          { member: 'quantity', render: row => `${number(row.quantity)} ${row.unit}` },
          'sampleSize',
          'plan',
          'equipment',
          'openedAt',
        ]}
        more={['kind', 'operator', 'reportedAt', 'endedAt', 'decidedBy', 'acceptedQuantity', 'rejectedQuantity', 'verdictReason']}
      />
    </Page>
  );
}
