import { Tabs } from 'antd';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['数据交换', 'Exchange'];
const SUB: Text = ['ERP 读取的确认；工单由 ERP 发送', 'What the ERP reads back; orders come from it'];
const CONFIRMATIONS: Text = ['完工确认', 'Confirmations'];
const ORDERS: Text = ['工单', 'Orders'];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE} sub={t(SUB)}>
      <Tabs
        items={[
          {
            key: 'confirmations',
            label: t(CONFIRMATIONS),
            children: (
              <DataTable
                path="/api/erp/confirmations"
                columns={[
                  'position',
                  'order',
                  'operation',
                  'equipment',
                  'operator',
                  'activity',
                  'good',
                  'scrap',
                  'nonconforming',
                  'startedAt',
                  'endedAt',
                  'reverses',
                  'corrects',
                ]}
              />
            ),
          },
          {
            key: 'orders',
            label: t(ORDERS),
            children: (
              <DataTable
                path="/api/work-orders/orders"
                filters={['status']}
                columns={['order', 'product', 'quantity', 'received', 'status', 'dueAt']}
                open={row => `/orders/${row.id}`}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}
