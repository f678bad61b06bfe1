import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';
import type { Order } from './OrderPage';

const RELEASE: Text = ['下达', 'Release'];
const HOLD: Text = ['暂停', 'Hold'];
const RESUME: Text = ['恢复', 'Resume'];
const CHANGE: Text = ['更改', 'Change'];
const CLOSE: Text = ['短结', 'Close short'];
const CANCEL: Text = ['取消工单', 'Cancel'];

/** What can be done with an order. */
export function OrderVerbs({ order }: { order: Order }) {
  const at = { id: order.id };
  return (
    <>
      <VerbButton kind="primary" label={RELEASE} method="post" path="/api/work-orders/orders/{id}/release" at={at} />
      <VerbButton label={CHANGE} method="post" path="/api/work-orders/orders/{id}/change" at={at}
        initial={{ quantity: order.quantity, priority: order.priority, releaseAt: order.releaseAt, dueAt: order.dueAt }} />
      <VerbButton label={HOLD} method="post" path="/api/work-orders/orders/{id}/hold" at={at} />
      <VerbButton label={RESUME} method="post" path="/api/work-orders/orders/{id}/resume" at={at} />
      <VerbButton label={CLOSE} method="post" path="/api/work-orders/orders/{id}/close" at={at} />
      <VerbButton label={CANCEL} method="post" path="/api/work-orders/orders/{id}/cancel" at={at} />
    </>
  );
}
