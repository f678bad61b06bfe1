import { Tabs } from 'antd';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Export } from '@/components/ListBar';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import { EquipmentTree } from './EquipmentTree';

const TITLE: Text = ['设备', 'Equipment'];
const TREE: Text = ['结构', 'Tree'];
const UNITS: Text = ['设备', 'Units'];
const CENTERS: Text = ['工作中心', 'Work centers'];
const NEW_UNIT: Text = ['新建设备', 'New unit'];
const NEW_CENTER: Text = ['新建工作中心', 'New work center'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = ['还没有设备。先建工作中心，再建设备。', 'There is no equipment yet. Make a work center, then its units.'];

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton method="put" path="/api/equipment/units/{code}" address={['code']} />
          <VerbButton label={NEW_CENTER} method="put" path="/api/equipment/work-centers/{code}" address={['code']} />
          <VerbButton kind="primary" label={NEW_UNIT} method="put" path="/api/equipment/units/{code}" address={['code']} />
        </>
      }>
      <Tabs
        items={[
          {
            key: 'tree',
            label: t(TREE),
            children: (
              <>
                <div className="bar">
                  <Export
                    path="/api/equipment/units"
                    query={{}}
                    members={['code', 'name', 'workCenter', 'kind', 'calendar', 'ownCalendar', 'retiredAt']}
                  />
                </div>
                <EquipmentTree empty={t(NONE)} />
              </>
            ),
          },
          {
            key: 'units',
            label: t(UNITS),
            children: (
              <DataTable
                isMain
                path="/api/equipment/units"
                columns={['code', 'name', 'workCenter', 'kind', 'calendar', 'retiredAt']}
                rowKey={row => row.code}
                empty={t(NONE)}
                open={row => addressOf('/units/one', {}, { code: row.code })}
                actions={row => <History kind="text" service="equipment" of={[['equipment_unit', row.code, row.name]]} />}
              />
            ),
          },
          {
            key: 'centers',
            label: t(CENTERS),
            children: (
              <DataTable
                path="/api/equipment/work-centers"
                columns={['code', 'name', 'area', 'site', 'calendar']}
                rowKey={row => row.code}
                actions={row => (
                  <>
                    <VerbButton
                      kind="text"
                      label={EDIT}
                      method="put"
                      path="/api/equipment/work-centers/{code}"
                      at={{ code: row.code }}
                      initial={row}
                    />
                    <History kind="text" service="equipment" of={[['work_center', row.code]]} />
                  </>
                )}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}
