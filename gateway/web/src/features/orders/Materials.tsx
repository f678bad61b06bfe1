import { DataTable } from '@/components/DataTable';
import { VerbButton } from '@/components/VerbButton';
import { useRead } from '@/lib/api/hooks';
import type { Text } from '@/lib/text';
import type { Order } from './OrderPage';

const ISSUE: Text = ['发料', 'Issue'];
const INSTEAD: Text = ['用替代料', 'Use instead'];
const GIVE_BACK: Text = ['退料', 'Give back'];

/** What an order needs and has got: handed out, used up by itself, used instead, given back. */
export function Materials({ order }: { order: Order }) {
  const routing = useRead('/api/work-orders/routings/{code}/{revision}', {
    path: { code: order.routing, revision: order.revision },
  });
  const componentOf = (material: string) => routing.data?.components.find(one => one.material === material);
  return (
    <DataTable
      path="/api/inventory/demands"
      query={{ order: order.order }}
      rowKey={row => row.material}
      columns={['material', 'required', 'issued', 'flushed', 'substituted', 'reserved', 'missing', 'unit']}
      actions={row => {
        const open = Math.max(0, Number((row.required - row.issued - row.substituted).toFixed(6)));
        const component = componentOf(row.material);
        const instead = component?.substitutes?.[0];
        const at = { order: row.order, operation: component?.step ?? undefined };
        return (
          <>
            <VerbButton
              kind="text"
              label={ISSUE}
              method="post"
              path="/api/inventory/issues"
              initial={{ ...at, material: row.material, unit: row.unit, quantity: open || undefined }}
              options={{ insteadOf: { hidden: true } }}
            />
            {instead && (
              <VerbButton
                kind="text"
                label={INSTEAD}
                method="post"
                path="/api/inventory/issues"
                initial={{
                  ...{ ...at, material: instead.material, insteadOf: row.material },
                  quantity: Number((open * instead.ratio).toFixed(6)) || undefined,
                }}
              />
            )}
            {row.issued > 0 && (
              <VerbButton
                kind="text"
                label={GIVE_BACK}
                method="post"
                path="/api/inventory/returns"
                initial={{ order: row.order, material: row.material, unit: row.unit }}
              />
            )}
          </>
        );
      }}
    />
  );
}
