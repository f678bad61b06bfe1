import { useNavigate, useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import type { Text } from '@/lib/text';
import { ProductPicture } from './ProductPicture';

const BACK: Text = ['产品', 'Products'];
const EDIT: Text = ['修改', 'Edit'];
const ROUTINGS: Text = ['工艺路线版本', 'Routings and revisions'];
const NEW_ROUTING: Text = ['新建工艺路线', 'New routing'];
const ORDERS: Text = ['工单', 'Orders'];
const STOCK: Text = ['库存', 'Stock'];

/** A product, how it is made, and where it is now. */
export function Component() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const code = params.get('code') ?? '';
  const product = useRead('/api/work-orders/products/{code}', { path: { code } });
  const toRouting = (routing: { code: string; revision: string }) =>
    addressOf('/routings/one', {}, { code: routing.code, revision: routing.revision });
  return (
    <Loaded reading={product}>
      {data => (
        <Page
          title={`${data.code} · ${data.name}`}
          back={{ to: '/products', name: BACK }}
          actions={
            <>
              <VerbButton label={EDIT} method="put" path="/api/work-orders/products/{code}" at={{ code }} initial={data} />
              <History service="work-orders" of={[['product', code]]} />
              <VerbButton
                kind="primary"
                label={NEW_ROUTING}
                method="put"
                path="/api/work-orders/routings/{code}/{revision}"
                address={['code', 'revision']}
                options={{ code: { source: undefined } }}
                initial={{ code, revision: '1', product: code }}
                onDone={routing => void navigate(toRouting(routing))}
              />
            </>
          }>
          <div className="sections">
            <div className="with-picture">
              <ProductPicture product={data} />
              <Facts schema={{ ref: 'work-orders/ProductView' }} record={data} members={['code', 'name', 'unit', 'version']} />
            </div>
            <Section title={ROUTINGS}>
              <DataTable
                path="/api/work-orders/routings"
                query={{ product: code }}
                open={toRouting}
                rowKey={row => `${row.code} ${row.revision}`}
                columns={[
                  'code',
                  'revision',
                  { member: 'steps', render: row => row.steps.map(step => step.code).join(' → ') },
                  {
                    member: 'components',
                    render: row => row.components.map(one => `${one.material} × ${one.quantityPerUnit}`).join(', ') || '–',
                  },
                ]}
              />
            </Section>
            <Section title={ORDERS}>
              <DataTable
                path="/api/work-orders/orders"
                query={{ product: code }}
                columns={['order', 'quantity', 'received', 'status', 'dueAt']}
                open={row => `/orders/${row.id}`}
              />
            </Section>
            <Section title={STOCK}>
              <DataTable
                path="/api/inventory/stock"
                query={{ material: code }}
                columns={['lot', 'location', 'onHand', 'reserved', 'unit', 'lotStatus']}
                rowKey={row => JSON.stringify([row.lot, row.location])}
                open={row => addressOf('/lots/one', {}, { material: row.material, lot: row.lot })}
              />
            </Section>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
