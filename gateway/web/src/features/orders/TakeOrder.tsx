import { PlusOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';

const NEW: Text = ['新建工单', 'New order'];

/** An order by hand. */
export function TakeOrder() {
  const navigate = useNavigate();
  return <VerbButton kind="primary" icon={<PlusOutlined />} label={NEW} method="put" path="/api/erp/orders/{order}" address={['order']}
    options={{ order: { source: undefined }, routing: { onlyKnown: false } }} onDone={order => void navigate(`/orders/${order.id}`)} />;
}
