import { PlusOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';

const NEW: Text = ['新建工单', 'New order'];
const BY_RULE: Text = ['留空则按编号规则（若已设定）', 'Left empty, the numbering rule gives it, where there is one'];
const NEWEST: Text = ['留空则用最新版本', 'Left empty, the newest is taken'];

/** An order by hand. */
export function CreateOrder() {
  const navigate = useNavigate();
  return (
    <VerbButton
      kind="primary"
      icon={<PlusOutlined />}
      label={NEW}
      method="post"
      path="/api/work-orders/orders"
      options={{
        order: { isFree: true, help: BY_RULE },
        lot: { help: BY_RULE },
        revision: { help: NEWEST },
        routing: { onlyKnown: true },
      }}
      onDone={order => void navigate(`/orders/${order.id}`)}
    />
  );
}
