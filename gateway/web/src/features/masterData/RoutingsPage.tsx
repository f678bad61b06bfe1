import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { LinkButton } from '@/components/LinkButton';
import { Page } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const TITLE: Text = ['工艺路线', 'Routings'];
const NEW: Text = ['新建工艺路线', 'New routing'];
const USED_AT: Text = ['用于工步', 'Used at step'];
const ROWS: Text = [
  '每行一个工步、一种物料或两者；同一工艺路线与版本的行合为一个新版本，产品写在首行即可',
  'A row is a step, a component or both. Rows of the same routing and revision make one revision; its first row names the product.',
];
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
          <>
            <ImportButton
              method="put"
              path="/api/work-orders/routings/{code}/{revision}"
              address={['code', 'revision']}
              lists={['steps', 'components']}
              titles={{ code: nameOf('routing'), 'steps.code': nameOf('operation'), 'components.step': USED_AT }}
              note={ROWS}
            />
            <LinkButton to="/routings/new" type="primary">
              {t(NEW)}
            </LinkButton>
          </>
        )
      }>
      <DataTable
        isMain
        path="/api/work-orders/routings"
        filters={['product', 'material', 'equipment', 'resource', 'effectiveAt']}
        open={to}
        rowKey={row => `${row.code} ${row.revision}`}
        empty={t(NONE)}
        actions={row => (
          <History kind="text" service="work-orders" of={[['routing', { Code: row.code, Revision: row.revision }]]} />
        )}
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
