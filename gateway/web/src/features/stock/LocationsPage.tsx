import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';
import { sayingOf } from '@/lib/words/sayings';

const TITLE: Text = ['库位', 'Locations'];
const NEW: Text = ['新建库位', 'New location'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = ['还没有库位。', 'There is no location yet.'];

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="put" path="/api/inventory/locations/{code}" address={['code']} />
          <VerbButton kind="primary" label={NEW} method="put" path="/api/inventory/locations/{code}" address={['code']} />
        </>
      }>
      <DataTable
        isMain
        path="/api/inventory/locations"
        columns={['code', { member: 'name', render: row => sayingOf(row.name) }, 'kind', 'isReal']}
        rowKey={row => row.code}
        empty={t(NONE)}
        actions={row =>
          row.isReal && (
            <>
              <VerbButton
                kind="text"
                label={EDIT}
                method="put"
                path="/api/inventory/locations/{code}"
                at={{ code: row.code }}
                initial={row}
              />
              <History kind="text" service="inventory" of={[['location', row.code]]} />
            </>
          )
        }
      />
    </Page>
  );
}
