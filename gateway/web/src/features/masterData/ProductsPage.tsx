import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { Picture } from '@/components/Picture';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['产品', 'Products'];
const NEW: Text = ['新建产品', 'New product'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = [
  '还没有产品。新建第一个产品，再为它定义工艺路线。',
  'There is no product yet. Define the first, then a routing for it.',
];

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="put" path="/api/work-orders/products/{code}" address={['code']} />
          <VerbButton kind="primary" label={NEW} method="put" path="/api/work-orders/products/{code}" address={['code']} />
        </>
      }>
      <DataTable
        isMain
        path="/api/work-orders/products"
        columns={[
          {
            member: 'picture',
            width: 64,
            render: row => (row.picture ? <Picture code={row.code} version={row.picture} side={40} /> : <></>),
          },
          'code',
          'name',
          'unit',
          'tracking',
          'version',
        ]}
        rowKey={row => row.code}
        empty={t(NONE)}
        open={row => addressOf('/products/one', {}, { code: row.code })}
        actions={row => (
          <>
            <VerbButton
              kind="text"
              label={EDIT}
              method="put"
              path="/api/work-orders/products/{code}"
              at={{ code: row.code }}
              initial={row}
            />
            <History kind="text" service="work-orders" of={[['product', row.code, row.name]]} />
          </>
        )}
      />
    </Page>
  );
}
