import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';

const TITLE: Text = ['工牌', 'Badges'];
const NEW: Text = ['新建工牌', 'New badge'];
const PIN: Text = ['更改 PIN', 'Change the PIN'];
const ROWS: Text = [
  '每行新增一张工牌；不填角色即为本人在车间的角色。含 PIN 的文件用后请删除',
  'Each row adds a badge; without roles it gives those of its person on the floor. Delete a file that has PINs after use',
];
const REVOKE: Text = ['吊销', 'Revoke'];

export function Component() {
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="post" path="/api/identity/badges" address={[]} unique="code" note={ROWS} />
          <VerbButton kind="primary" label={NEW} method="post" path="/api/identity/badges" />
        </>
      }>
      <DataTable
        isMain
        path="/api/identity/badges"
        columns={['code', 'person', 'name', 'roles', 'hasPin', 'lockedUntil', 'createdAt', 'revokedAt']}
        actions={row => (
          <>
            {!row.revokedAt && (
              <>
                <VerbButton kind="text" label={PIN} method="put" path="/api/identity/badges/{id}/pin" at={{ id: row.id }} />
                <VerbButton kind="text" label={REVOKE} method="delete" path="/api/identity/badges/{id}" at={{ id: row.id }} />
              </>
            )}
            <History kind="text" service="identity" of={[['badges', row.id, row.code]]} />
          </>
        )}
      />
    </Page>
  );
}
