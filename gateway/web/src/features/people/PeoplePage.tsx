import { useState } from 'react';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { Secret, type Shown } from './Secret';

const TITLE: Text = ['人员', 'People'];
const NEW: Text = ['新建人员', 'New person'];
const EDIT: Text = ['修改', 'Edit'];
const RESET: Text = ['重置密码', 'Reset password'];
const DEACTIVATE: Text = ['停用', 'Deactivate'];
const ACTIVATE: Text = ['启用', 'Activate'];
const badge = { 'badge.code': { label: ['工牌编号', 'Badge code'] } } as const;
const GONE: Text = ['已停用', 'Deactivated'];
const ACTIVE: Text = ['在岗', 'Active'];

export function Component() {
  const t = useText();
  const [secret, setSecret] = useState<Shown | null>(null);
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="put" path="/api/identity/people/{code}" address={['code']} />
          <VerbButton
            kind="primary"
            label={NEW}
            method="put"
            path="/api/identity/people/{code}"
            address={['code']}
            options={badge}
          />
        </>
      }>
      <DataTable
        isMain
        path="/api/identity/people"
        rowKey={row => row.id}
        columns={[
          'code',
          'name',
          'roles',
          'userName',
          'hasPassword',
          'lockedUntil',
          {
            member: 'deactivatedAt',
            title: nameOf('status'),
            render: row => (row.deactivatedAt ? <Tag value={t(GONE)} /> : <Tag value={t(ACTIVE)} tone="good" />),
          },
        ]}
        more={['mustChangePassword', 'createdAt']}
        actions={row => (
          <>
            <VerbButton
              kind="text"
              label={EDIT}
              method="put"
              path="/api/identity/people/{code}"
              at={{ code: row.code }}
              initial={row}
            />
            {row.userName && (
              <VerbButton
                kind="text"
                label={RESET}
                method="post"
                path="/api/identity/people/{code}/password-reset"
                at={{ code: row.code }}
                onDone={made => setSecret({ name: made.userName, secret: made.password ?? null })}
              />
            )}
            {row.deactivatedAt ? (
              <VerbButton
                kind="text"
                label={ACTIVATE}
                method="post"
                path="/api/identity/people/{code}/activate"
                at={{ code: row.code }}
              />
            ) : (
              <Deactivate code={row.code} />
            )}
            <History kind="text" service="identity" of={[['people', row.id, row.name]]} />
          </>
        )}
      />
      <Secret shown={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}

const Deactivate = ({ code }: { code: string }) => (
  <VerbButton kind="text" label={DEACTIVATE} method="delete" path="/api/identity/people/{code}" at={{ code }} />
);
