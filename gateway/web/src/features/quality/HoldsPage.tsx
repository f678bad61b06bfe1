import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { OrderName } from '@/components/OrderName';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const TITLE: Text = ['质量暂停', 'Holds'];
const PLACE: Text = ['暂停', 'Place a hold'];
const RELEASE: Text = ['解除', 'Release'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['有效', 'Active'], search: 'status=Active' }];

export function Component() {
  return (
    <Page
      title={TITLE}
      actions={
        <VerbButton
          kind="primary"
          label={PLACE}
          method="post"
          path="/api/quality/holds"
          options={{ operationId: { hidden: true } }}
        />
      }>
      <DataTable
        isMain
        path="/api/quality/holds"
        query={{ sort: 'PlacedAt', descending: true }}
        filters={['status', 'order', 'lot', 'from', 'to']}
        views={VIEWS}
        columns={[
          'status',
          'reason',
          {
            member: 'orderId',
            title: nameOf('order'),
            render: row => (row.orderId ? <OrderName id={row.orderId} /> : <span className="muted">–</span>),
          },
          'material',
          'lot',
          'placedBy',
          'placedAt',
          'releasedBy',
          'releasedAt',
          'releaseReason',
        ]}
        actions={row => (
          <>
            {row.status === 'Active' && (
              <VerbButton kind="text" label={RELEASE} method="post" path="/api/quality/holds/{id}/release" at={{ id: row.id }} />
            )}
            <History kind="text" service="quality" of={[['hold', row.id]]} />
          </>
        )}
      />
    </Page>
  );
}
