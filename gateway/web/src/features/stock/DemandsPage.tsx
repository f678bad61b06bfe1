import { Tabs } from 'antd';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['需求与预留', 'Demands and reservations'];
const DEMANDS: Text = ['工单需求', 'What orders need'];
const RESERVATIONS: Text = ['预留', 'Reservations'];
const RESERVE: Text = ['手工预留', 'Reserve'];
const ISSUE: Text = ['发料', 'Issue'];
const RELEASE: Text = ['释放', 'Release'];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE} actions={<VerbButton kind="primary" label={RESERVE} method="post" path="/api/inventory/reservations" />}>
      <Tabs
        items={[
          {
            key: 'demands',
            label: t(DEMANDS),
            children: (
              <DataTable
                isMain
                path="/api/inventory/demands"
                filters={['order', 'material']}
                rowKey={row => JSON.stringify([row.order, row.material])}
                columns={['order', 'material', 'required', 'issued', 'flushed', 'substituted', 'reserved', 'missing', 'unit']}
                actions={row => (
                  <VerbButton
                    kind="text"
                    label={ISSUE}
                    method="post"
                    path="/api/inventory/issues"
                    initial={{
                      order: row.order,
                      material: row.material,
                      unit: row.unit,
                      quantity: row.required - row.issued - row.substituted,
                    }}
                  />
                )}
              />
            ),
          },
          {
            key: 'reservations',
            label: t(RESERVATIONS),
            children: (
              <DataTable
                path="/api/inventory/reservations"
                filters={['order', 'material', 'from', 'to']}
                columns={['order', 'material', 'lot', 'location', 'quantity', 'createdAt']}
                actions={row => (
                  <>
                    <VerbButton
                      kind="text"
                      label={RELEASE}
                      method="post"
                      path="/api/inventory/reservations/{id}/release"
                      at={{ id: row.id }}
                    />
                    <History
                      kind="text"
                      service="inventory"
                      of={[
                        ['reservation', row.id],
                        ['reservation', { OrderNumber: row.order, Material: row.material, Lot: row.lot, Location: row.location }],
                      ]}
                    />
                  </>
                )}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}
