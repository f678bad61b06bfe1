import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import type { Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';

const TITLE: Text = ['批次', 'Lots'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['暂停', 'Held'], search: 'status=Held' }];

export function Component() {
  return (
    <Page title={TITLE}>
      <DataTable
        isMain
        path="/api/inventory/lots"
        filters={['material', 'status', 'from', 'to']}
        views={VIEWS}
        rowKey={row => JSON.stringify([row.material, row.lot])}
        columns={[
          'material',
          'lot',
          'status',
          { member: 'origin', render: row => valueOf(row.origin) },
          'receivedAt',
          'expiresAt',
          'isUnsettled',
        ]}
        open={row => addressOf('/lots/one', {}, { material: row.material, lot: row.lot })}
      />
    </Page>
  );
}
