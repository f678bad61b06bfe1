import { useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { LinkButton } from '@/components/LinkButton';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { WhereUsed } from '@/components/WhereUsed';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { ProductPicture } from './ProductPicture';

const BACK: Text = ['产品', 'Products'];
const TRACKING: Text = ['追踪与条码', 'Tracking and GTIN'];
const EDIT: Text = ['修改', 'Edit'];
const ROUTINGS: Text = ['工艺路线版本', 'Routings and revisions'];
const NEW_ROUTING: Text = ['新建工艺路线', 'New routing'];
const WHERE_USED: Text = ['用于何处', 'Where used'];
const ORDERS: Text = ['工单', 'Orders'];
const STOCK: Text = ['库存', 'Stock'];

/** A product, how it is made, and where it is now. */
export function Component() {
  const [params] = useSearchParams();
  const t = useText();
  const may = useMay();
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
              <VerbButton
                label={TRACKING}
                method="put"
                path="/api/work-orders/products/{code}/tracking"
                at={{ code }}
                initial={{ tracking: data.tracking, gtin: data.gtin }}
              />
              <VerbButton label={EDIT} method="put" path="/api/work-orders/products/{code}" at={{ code }} initial={data} />
              <History service="work-orders" of={[['product', code]]} />
              {may('put', '/api/work-orders/routings/{code}/{revision}') && (
                <LinkButton to={addressOf('/routings/new', {}, { product: code })} type="primary">
                  {t(NEW_ROUTING)}
                </LinkButton>
              )}
            </>
          }>
          <div className="sections">
            <div className="with-picture">
              <ProductPicture product={data} />
              <Facts schema={{ ref: 'work-orders/ProductView' }} record={data} members={['unit', 'tracking', 'gtin']} />
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
                  'effectiveFrom',
                  'effectiveTo',
                ]}
              />
            </Section>
            <Section title={WHERE_USED}>
              <WhereUsed material={code} />
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
