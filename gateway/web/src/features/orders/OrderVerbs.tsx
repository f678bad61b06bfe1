import { PrinterOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { LinkButton } from '@/components/LinkButton';
import { reasonOf } from '@/lib/words/refusals';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useText, type Text } from '@/lib/text';
import type { Order } from './OrderPage';

const RELEASE: Text = ['下达', 'Release'];
const HOLD: Text = ['暂停', 'Hold'];
const RESUME: Text = ['恢复', 'Resume'];
const CHANGE: Text = ['更改', 'Change'];
const SPLIT: Text = ['拆分', 'Split'];
const MERGE: Text = ['合并', 'Merge'];
const COPY: Text = ['复制', 'Copy'];
const NOTE: Text = ['备注', 'Note'];
const CLOSE: Text = ['短结', 'Close short'];
const TRAVELLER: Text = ['流转卡', 'Traveller'];
const UNIT_LABELS: Text = ['单件标签', 'Unit labels'];
const CANCEL: Text = ['取消工单', 'Cancel order'];
const SHORT: Text = ['数量未达到时必填', 'Needed where the quantity is not reached'];
const MERGED: Text = ['并入此工单的工单', 'Orders that become part of this one'];
const BY_RULE: Text = ['留空则按编号规则（若已设定）', 'Left empty, the numbering rule gives it, where there is one'];

type Verb = Order['verbs'][number]['verb'];

/** What can be done with an order; what cannot be done now says why. */
export function OrderVerbs({ order }: { order: Order }) {
  const t = useText();
  const navigate = useNavigate();
  const at = { id: order.id };
  const product = useRead('/api/work-orders/products/{code}', { path: { code: order.product } });
  const why = (verb: Verb) => {
    const state = order.verbs.find(one => one.verb === verb);
    return state?.isAllowed === false ? reasonOf(state.reason, state.hint) : null;
  };
  const numbers = { order: { source: undefined, help: BY_RULE, isFree: true }, lot: { help: BY_RULE } };
  const others = {
    path: '/api/work-orders/orders',
    value: 'id',
    name: 'order',
    query: { product: order.product, status: 'Planned' },
  } as const;
  return (
    <>
      <LinkButton to={`/orders/${order.id}/traveller`} icon={<PrinterOutlined />}>
        {t(TRAVELLER)}
      </LinkButton>
      {product.data?.tracking === 'Serial' && (
        <LinkButton to={`/orders/${order.id}/unit-labels`} icon={<PrinterOutlined />}>
          {t(UNIT_LABELS)}
        </LinkButton>
      )}
      <VerbButton
        kind="primary"
        label={RELEASE}
        why={why('Release')}
        method="post"
        path="/api/work-orders/orders/{id}/release"
        at={at}
      />
      <VerbButton
        label={CHANGE}
        why={why('Change')}
        method="post"
        path="/api/work-orders/orders/{id}/change"
        at={at}
        initial={{ quantity: order.quantity, priority: order.priority, releaseAt: order.releaseAt, dueAt: order.dueAt }}
      />
      <VerbButton label={HOLD} why={why('Hold')} method="post" path="/api/work-orders/orders/{id}/hold" at={at} />
      <VerbButton label={RESUME} why={why('Resume')} method="post" path="/api/work-orders/orders/{id}/resume" at={at} />
      <VerbButton
        label={SPLIT}
        why={why('Split')}
        method="post"
        path="/api/work-orders/orders/{id}/split"
        at={at}
        options={numbers}
        made={split => ({ to: `/orders/${split.splitOff.id}`, name: split.splitOff.order })}
      />
      <VerbButton
        label={MERGE}
        why={why('Merge')}
        method="post"
        path="/api/work-orders/orders/{id}/merge"
        at={at}
        options={{ orderIds: { label: MERGED, source: others } }}
      />
      <VerbButton
        label={COPY}
        why={why('Copy')}
        method="post"
        path="/api/work-orders/orders/{id}/copy"
        at={at}
        options={numbers}
        initial={{ quantity: order.quantity, priority: order.priority }}
        made={copy => ({ to: `/orders/${copy.id}`, name: copy.order })}
        onDone={copy => void navigate(addressOf('/orders/{id}', { id: copy.id }))}
      />
      <VerbButton label={NOTE} why={why('Note')} method="post" path="/api/work-orders/orders/{id}/notes" at={at} />
      <VerbButton
        label={CLOSE}
        why={why('Close')}
        method="post"
        path="/api/work-orders/orders/{id}/close"
        at={at}
        options={{ reason: { isNeeded: order.operations.some(one => one.status !== 'Done'), help: SHORT } }}
      />
      <VerbButton label={CANCEL} why={why('Cancel')} method="post" path="/api/work-orders/orders/{id}/cancel" at={at} />
    </>
  );
}
