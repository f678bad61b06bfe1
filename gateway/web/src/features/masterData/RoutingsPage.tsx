import { DataTable } from '@/components/DataTable';
import { LinkButton } from '@/components/LinkButton';
import { Page } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['工艺路线', 'Routings'];
const NEW: Text = ['新建工艺路线', 'New routing'];
const NONE: Text = ['还没有工艺路线。先定义产品与设备。', 'There is no routing yet. Define a product and equipment first.'];

export function Component() {
  const t = useText();
  const may = useMay();
  const to = (routing: { code: string; revision: string }) =>
    addressOf('/routings/one', {}, { code: routing.code, revision: routing.revision });
  return (
    <Page
      title={TITLE}
      actions={
        may('put', '/api/work-orders/routings/{code}/{revision}') && (
          <LinkButton to="/routings/new" type="primary">
            {t(NEW)}
          </LinkButton>
        )
      }>
      <DataTable
        isMain
        path="/api/work-orders/routings"
        filters={['product', 'material', 'equipment', 'resource', 'effectiveAt']}
        open={to}
        rowKey={row => `${row.code} ${row.revision}`}
        empty={t(NONE)}
        columns={[
          'code',
          'revision',
          'product',
          { member: 'steps', render: row => row.steps.map(step => step.code).join(' → ') },
          'components',
          'effectiveFrom',
          'effectiveTo',
          'warnings',
        ]}
      />
    </Page>
  );
}
