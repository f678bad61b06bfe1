import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { WhereUsedButton } from '@/components/WhereUsed';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['物料', 'Materials'];
const NEW: Text = ['新建物料', 'New material'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = [
  '还没有物料。产品会自动成为物料；原料与外购件在此定义。',
  'There is no material yet. Products become materials by themselves; define raw material and bought parts here.',
];

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="put" path="/api/inventory/materials/{code}" address={['code']} />
          <VerbButton kind="primary" label={NEW} method="put" path="/api/inventory/materials/{code}" address={['code']} />
        </>
      }>
      <DataTable
        isMain
        path="/api/inventory/materials"
        columns={['code', 'name', 'unit', 'isTrackedByLot', 'isStub']}
        rowKey={row => row.code}
        empty={t(NONE)}
        actions={row => (
          <>
            <WhereUsedButton material={row.code} />
            <VerbButton
              kind="text"
              label={EDIT}
              method="put"
              path="/api/inventory/materials/{code}"
              at={{ code: row.code }}
              initial={row}
            />
            <History kind="text" service="inventory" of={[['material', row.code]]} />
          </>
        )}
      />
    </Page>
  );
}
