import { DataTable } from '@/components/DataTable';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import { Counted } from './Counted';

const TITLE: Text = ['库存', 'Stock'];
const RECEIVE: Text = ['收货', 'Receive'];
const ISSUE: Text = ['发料', 'Issue'];
const RETURN: Text = ['退料', 'Return'];
const MOVE: Text = ['移库', 'Move'];
const ADJUST: Text = ['盘点调整', 'Count and adjust'];
const DIFFERENCE: Text = ['差异数量', 'Difference'];
const SIGN: Text = ['正数增加库存，负数减少库存', 'Above 0 adds to stock, below 0 takes from it'];
const NONE: Text = ['没有库存。先定义物料和库位，再收货。', 'Nothing is in stock. Define materials and locations, then receive.'];

/** What lies where, by material, lot and location. */
export function Component() {
  const t = useText();
  const adjusting = {
    options: { quantity: { label: DIFFERENCE, help: SIGN } },
    below: (values: Record<string, unknown>) => <Counted values={values} />,
  };
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="post" path="/api/inventory/receipts" address={[]} />
          <VerbButton kind="primary" label={RECEIVE} method="post" path="/api/inventory/receipts" />
          <VerbButton label={ISSUE} method="post" path="/api/inventory/issues" />
          <VerbButton label={RETURN} method="post" path="/api/inventory/returns" />
          <VerbButton label={MOVE} method="post" path="/api/inventory/moves" />
          <VerbButton label={ADJUST} method="post" path="/api/inventory/adjustments" {...adjusting} />
        </>
      }>
      <DataTable
        isMain
        path="/api/inventory/stock"
        filters={['material', 'lot', 'location']}
        empty={t(NONE)}
        open={row => addressOf('/lots/one', {}, { material: row.material, lot: row.lot })}
        rowKey={row => JSON.stringify([row.material, row.lot, row.location])}
        columns={['material', 'lot', 'location', 'onHand', 'reserved', 'unit', 'lotStatus', 'receivedAt', 'expiresAt']}
        actions={row => (
          <>
            <VerbButton
              kind="text"
              label={MOVE}
              method="post"
              path="/api/inventory/moves"
              initial={{
                material: row.material,
                lot: row.lot,
                unit: row.unit,
                from: row.location,
                quantity: row.onHand - row.reserved,
              }}
            />
            <VerbButton
              kind="text"
              label={ADJUST}
              method="post"
              path="/api/inventory/adjustments"
              {...adjusting}
              initial={{ material: row.material, lot: row.lot, unit: row.unit, location: row.location }}
            />
          </>
        )}
      />
    </Page>
  );
}
