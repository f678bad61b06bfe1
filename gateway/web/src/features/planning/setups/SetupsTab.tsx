import { Select } from 'antd';
import { Link, useNavigate } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useText, type Text } from '@/lib/text';

const OPEN: Text = ['打开设备的换型表', 'Open the matrix of a unit'];
const OWN: Text = ['单独设定的换型', 'Changes with a time of their own'];

const matrixAt = (equipment: string) => addressOf('/planning-setup/setups', {}, { equipment });

/** The units whose setups depend on the sequence; any other is opened to give it setup times. */
export function SetupsTab() {
  const t = useText();
  const navigate = useNavigate();
  const units = useRead('/api/equipment/units', { query: { size: 1000 } });
  return (
    <>
      <div className="bar">
        <Select
          showSearch
          className="one-select"
          aria-label={t(OPEN)}
          placeholder={t(OPEN)}
          value={null}
          onSelect={(code: string | null) => void navigate(matrixAt(code!))}
          options={units.data?.items.map(({ code, name }) => ({
            value: code,
            label: name === code ? code : `${code} · ${name}`,
          }))}
        />
      </div>
      <DataTable
        path="/api/scheduling/setup-times"
        columns={[
          { member: 'equipment', render: row => <Link to={matrixAt(row.equipment)}>{row.equipment}</Link> },
          'defaultSeconds',
          { member: 'changes', title: OWN, render: row => row.changes.length },
        ]}
        rowKey={row => row.equipment}
        actions={row => <History kind="text" service="scheduling" of={[['setup_times', row.equipment]]} />}
      />
    </>
  );
}
