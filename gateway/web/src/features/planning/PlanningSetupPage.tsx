import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Loaded, Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useRead } from '@/lib/api/hooks';
import { useText, type Text } from '@/lib/text';
import { SettingsForm } from './settings/SettingsForm';
import { SetupsTab } from './setups/SetupsTab';

const TITLE: Text = ['排程设置', 'Planning set-up'];
const SETTINGS: Text = ['设置', 'Settings'];
const SETUPS: Text = ['换型时间', 'Setup times'];
const RESOURCES: Text = ['工装与资源', 'Tools and resources'];
const LOCKS: Text = ['锁定工序', 'Locked operations'];
const CALENDARS: Text = ['排程日历', 'Calendars as planned by'];
const EDIT: Text = ['修改', 'Edit'];
const NEW_RESOURCE: Text = ['新建资源', 'New resource'];
const UNLOCK: Text = ['解锁', 'Unlock'];

export function Component() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  return (
    <Page title={TITLE}>
      <Tabs
        activeKey={params.get('tab') ?? 'settings'}
        onChange={tab => setParams({ tab }, { replace: true })}
        items={[
          { key: 'settings', label: t(SETTINGS), children: <Settings /> },
          {
            key: 'setups',
            label: t(SETUPS),
            children: <SetupsTab />,
          },
          {
            key: 'resources',
            label: t(RESOURCES),
            children: (
              <>
                <div className="bar">
                  <VerbButton
                    kind="primary"
                    label={NEW_RESOURCE}
                    method="put"
                    path="/api/scheduling/resources/{code}"
                    address={['code']}
                  />
                </div>
                <DataTable
                  path="/api/scheduling/resources"
                  columns={['code', 'name', 'capacity', 'calendar', 'isHeldDuringPauses']}
                  rowKey={row => row.code}
                  actions={row => (
                    <>
                      <VerbButton
                        kind="text"
                        label={EDIT}
                        method="put"
                        path="/api/scheduling/resources/{code}"
                        at={{ code: row.code }}
                        initial={row}
                      />
                      <History kind="text" service="scheduling" of={[['plant_resource', row.code]]} />
                    </>
                  )}
                />
              </>
            ),
          },
          {
            key: 'locks',
            label: t(LOCKS),
            children: (
              <DataTable
                path="/api/scheduling/locks"
                columns={['operationId', 'equipment', 'startsAt', 'reason']}
                rowKey={row => row.operationId}
                actions={row => (
                  <>
                    <VerbButton
                      kind="text"
                      label={UNLOCK}
                      method="post"
                      path="/api/scheduling/locks/release"
                      initial={{ operationIds: [row.operationId] }}
                    />
                    <History kind="text" service="scheduling" of={[['operation_lock', row.operationId]]} />
                  </>
                )}
              />
            ),
          },
          {
            key: 'calendars',
            label: t(CALENDARS),
            children: (
              <DataTable
                path="/api/scheduling/calendars"
                columns={['code', 'zone', 'version', 'equipment']}
                rowKey={row => row.code}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}

/** What matters how much, in the planner's words. */
function Settings() {
  const settings = useRead('/api/scheduling/settings');
  return (
    <Loaded reading={settings}>
      {data => (
        <>
          <div className="bar">
            <History service="scheduling" of={[['planning_settings', 'True']]} />
          </div>
          <SettingsForm settings={data} />
        </>
      )}
    </Loaded>
  );
}
