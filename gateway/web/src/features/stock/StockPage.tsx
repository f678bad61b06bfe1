import { DataTable } from '@/components/DataTable';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['库存', 'Stock'];
const RECEIVE: Text = ['收货', 'Receive'];
const ISSUE: Text = ['发料', 'Issue'];
const RETURN: Text = ['退料', 'Return'];
const MOVE: Text = ['移库', 'Move'];
const ADJUST: Text = ['调整', 'Adjust'];
const NONE: Text = ['没有库存。先定义物料和库位，再收货。', 'Nothing is in stock. Define materials and locations, then receive.'];

/** What lies where, by material, lot and location. */
export function Component() {
  const t = useText();
  const at = { from: { onlyKnown: false } };
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="post" path="/api/inventory/receipts" address={[]} />
          <VerbButton kind="primary" label={RECEIVE} method="post" path="/api/inventory/receipts" />
          <VerbButton label={ISSUE} method="post" path="/api/inventory/issues" />
          <VerbButton label={RETURN} method="post" path="/api/inventory/returns" />
          <VerbButton label={MOVE} method="post" path="/api/inventory/moves" options={at} />
          <VerbButton label={ADJUST} method="post" path="/api/inventory/adjustments" />
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
              initial={{ material: row.material, lot: row.lot, unit: row.unit, location: row.location }}
            />
          </>
        )}
      />
    </Page>
  );
}
