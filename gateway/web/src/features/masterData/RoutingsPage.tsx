import { useNavigate } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['工艺路线', 'Routings'];
const NEW: Text = ['新建工艺路线', 'New routing'];
const NONE: Text = ['还没有工艺路线。先定义产品与设备。', 'There is no routing yet. Define a product and equipment first.'];

export function Component() {
  const t = useText();
  const navigate = useNavigate();
  const to = (routing: { code: string; revision: string }) =>
    addressOf('/routings/one', {}, { code: routing.code, revision: routing.revision });
  return (
    <Page
      title={TITLE}
      actions={
        <VerbButton
          kind="primary"
          label={NEW}
          method="put"
          path="/api/work-orders/routings/{code}/{revision}"
          address={['code', 'revision']}
          initial={{ revision: '1' }}
          onDone={routing => void navigate(to(routing))}
        />
      }>
      <DataTable
        isMain
        path="/api/work-orders/routings"
        filters={['product']}
        open={to}
        rowKey={row => `${row.code} ${row.revision}`}
        empty={t(NONE)}
        columns={[
          'code',
          'revision',
          'product',
          { member: 'steps', render: row => row.steps.map(step => step.code).join(' → ') },
          'components',
          'warnings',
        ]}
      />
    </Page>
  );
}
