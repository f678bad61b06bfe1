import { Tabs } from 'antd';
import { useState } from 'react';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';
import { Secret, type Shown } from './Secret';

const TITLE: Text = ['终端与密钥', 'Devices and keys'];
const KEYS: Text = ['接口密钥', 'API keys'];
const DEVICES: Text = ['终端', 'Devices'];
const SESSIONS: Text = ['登录会话', 'Sessions'];
const NEW_KEY: Text = ['新建密钥', 'New key'];
const NEW_DEVICE: Text = ['新建终端', 'New device'];
const PAIR: Text = ['绑定终端', 'Pair a terminal'];
const CHANGE: Text = ['更改', 'Change'];
const ROWS: Text = [
  '更改已有终端的名称、绑定和角色：导出终端列表（在“列”中加上“标识”），改好后导入。新终端须逐台绑定或新建',
  'Changes names, bindings and roles of devices that there are: export their list with its column Id, change it, import it. New ones are paired or made one by one',
];
const BOUND_TO = {
  equipment: { source: { path: '/api/equipment/units', value: 'code', name: 'name' } as const },
  workCenters: { source: { path: '/api/equipment/work-centers', value: 'code', name: 'name' } as const },
};
const REVOKE: Text = ['吊销', 'Revoke'];
const END: Text = ['结束会话', 'End'];

export function Component() {
  const t = useText();
  const [secret, setSecret] = useState<Shown | null>(null);
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="put" path="/api/identity/devices/{id}" address={['id']} note={ROWS} />
          <VerbButton label={PAIR} method="post" path="/api/identity/devices/paired" options={BOUND_TO} />
          <VerbButton
            label={NEW_DEVICE}
            options={BOUND_TO}
            method="post"
            path="/api/identity/devices"
            onDone={made => setSecret({ name: t(DEVICES), secret: made.secret ?? null })}
          />
          <VerbButton
            kind="primary"
            label={NEW_KEY}
            method="post"
            path="/api/identity/api-keys"
            onDone={made => setSecret({ name: t(KEYS), secret: made.secret ?? null })}
          />
        </>
      }>
      <Tabs
        items={[
          {
            key: 'keys',
            label: t(KEYS),
            children: (
              <DataTable
                path="/api/identity/api-keys"
                columns={['name', 'prefix', 'roles', 'createdAt', 'expiresAt', 'revokedAt']}
                actions={row => (
                  <>
                    {!row.revokedAt && (
                      <VerbButton
                        kind="text"
                        label={REVOKE}
                        method="delete"
                        path="/api/identity/api-keys/{id}"
                        at={{ id: row.id }}
                      />
                    )}
                    <History kind="text" service="identity" of={[['api_keys', row.id, row.name]]} />
                  </>
                )}
              />
            ),
          },
          {
            key: 'devices',
            label: t(DEVICES),
            children: (
              <DataTable
                path="/api/identity/devices"
                columns={['name', 'workCenters', 'equipment', 'roles', 'createdAt', 'revokedAt']}
                more={['id']}
                actions={row => (
                  <>
                    {!row.revokedAt && (
                      <>
                        <VerbButton
                          kind="text"
                          label={CHANGE}
                          method="put"
                          path="/api/identity/devices/{id}"
                          at={{ id: row.id }}
                          initial={{ name: row.name, equipment: row.equipment, workCenters: row.workCenters, roles: row.roles }}
                          options={BOUND_TO}
                        />
                        <VerbButton
                          kind="text"
                          label={REVOKE}
                          method="delete"
                          path="/api/identity/devices/{id}"
                          at={{ id: row.id }}
                        />
                      </>
                    )}
                    <History kind="text" service="identity" of={[['devices', row.id, row.name]]} />
                  </>
                )}
              />
            ),
          },
          {
            key: 'sessions',
            label: t(SESSIONS),
            children: (
              <DataTable
                path="/api/identity/sessions"
                columns={['person', 'name', 'deviceId', 'createdAt', 'expiresAt']}
                actions={row => (
                  <VerbButton kind="text" label={END} method="delete" path="/api/identity/sessions/{id}" at={{ id: row.id }} />
                )}
              />
            ),
          },
        ]}
      />
      <Secret shown={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}
