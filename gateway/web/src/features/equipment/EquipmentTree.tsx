import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { Link } from 'react-router';
import { History } from '@/components/History';
import { Loaded } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import type { Item } from '@/lib/api/api';
import { addressOf, readAll } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';

const EDIT: Text = ['修改', 'Edit'];
const ADD_UNIT: Text = ['添加设备', 'Add a unit'];
const NO_CENTER: Text = ['未归属工作中心', 'In no work center yet'];
const OWN: Text = ['自有', 'its own'];
const OF_CENTER: Text = ['来自工作中心', 'of its work center'];
const OF_PLANT: Text = ['工厂日历', 'the plant’s'];
const RETIRED: Text = ['已报废', 'Retired'];
const IN_BRACKETS: Text = ['（{from}）', '({from})'];
const COUNT: Text = ['{count} 台', '{count} units'];
const ACTIONS: Text = ['操作', 'Actions'];
const PLANT = 'plant';

type Unit = Item<'/api/equipment/units'>;
type Center = Item<'/api/equipment/work-centers'>;
interface Node {
  key: string;
  kind: 'site' | 'area' | 'center' | 'unit';
  name: string;
  center?: Center;
  unit?: Unit;
  children?: Node[];
}

const useAll = (path: '/api/equipment/units' | '/api/equipment/work-centers') =>
  useQuery({ queryKey: [path, 'all'], queryFn: ({ signal }) => readAll(path, { signal }) });

/** The plant as ISA-95 has it: site, area, work center, unit; each with the calendar by which it works. */
export function EquipmentTree({ empty }: { empty: string }) {
  const t = useText();
  const units = useAll('/api/equipment/units');
  const centers = useAll('/api/equipment/work-centers');
  return (
    <Loaded reading={centers}>
      {() => (
        <Loaded reading={units}>
          {() => {
            const tree = treeOf(centers.data as Center[], units.data as Unit[], t(NO_CENTER));
            if (tree.length === 0) return <Empty description={empty} />;
            return (
              <SheetTable<Node>
                rowKey="key"
                dataSource={tree}
                expandable={{ defaultExpandAllRows: true, indentSize: 22 }}
                columns={[
                  { title: t(nameOf('name')), render: (_, node) => <Name node={node} /> },
                  { title: t(nameOf('kind')), render: (_, node) => node.unit && valueOf(node.unit.kind) },
                  {
                    title: t(nameOf('calendar')),
                    render: (_, node) => <Calendar node={node} centers={centers.data as Center[]} />,
                  },
                  {
                    title: <span className="hidden">{t(ACTIONS)}</span>,
                    align: 'right',
                    render: (_, node) => <Verbs node={node} />,
                  },
                ]}
              />
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function Name({ node }: { node: Node }) {
  const t = useText();
  if (node.unit) {
    return (
      <>
        <Link to={addressOf('/units/one', {}, { code: node.unit.code })}>{node.unit.code}</Link> <span>{node.unit.name}</span>{' '}
        {node.unit.retiredAt && <Tag value={t(RETIRED)} tone="calm" />}
      </>
    );
  }
  const units = node.kind === 'center' ? (node.children?.length ?? 0) : 0;
  return (
    <>
      <strong>{node.center ? node.center.code : node.name}</strong> {node.center?.name}{' '}
      {node.kind === 'center' && <span className="muted">{t(COUNT, { count: units })}</span>}
    </>
  );
}

function Calendar({ node, centers }: { node: Node; centers: Center[] }) {
  const t = useText();
  if (node.center) return node.center.calendar ?? <span className="muted">{t(OF_PLANT)}</span>;
  if (!node.unit) return null;
  const { ownCalendar, calendar, workCenter } = node.unit;
  const ofCenter = centers.find(one => one.code === workCenter)?.calendar;
  const from = ownCalendar ? OWN : ofCenter ? OF_CENTER : calendar === PLANT ? OF_PLANT : null;
  return (
    <>
      {calendar} {from && <span className="muted">{t(IN_BRACKETS, { from: t(from) })}</span>}
    </>
  );
}

function Verbs({ node }: { node: Node }) {
  if (node.unit) {
    return (
      <>
        <VerbButton
          kind="text"
          label={EDIT}
          method="put"
          path="/api/equipment/units/{code}"
          at={{ code: node.unit.code }}
          initial={{ ...node.unit, workCenter: node.unit.workCenter ?? undefined, calendar: node.unit.ownCalendar }}
        />
        <History kind="text" service="equipment" of={[['equipment_unit', node.unit.code, node.unit.name]]} />
      </>
    );
  }
  if (!node.center) return null;
  return (
    <>
      <VerbButton
        kind="text"
        label={ADD_UNIT}
        method="put"
        path="/api/equipment/units/{code}"
        address={['code']}
        initial={{ workCenter: node.center.code }}
      />
      <VerbButton
        kind="text"
        label={EDIT}
        method="put"
        path="/api/equipment/work-centers/{code}"
        at={{ code: node.center.code }}
        initial={node.center}
      />
    </>
  );
}

/** Sites with their areas, their work centers and their units; units that belong nowhere come last. */
function treeOf(centers: Center[], units: Unit[], noCenter: string): Node[] {
  const leaves = (all: Unit[]): Node[] => all.map(unit => ({ key: `unit ${unit.code}`, kind: 'unit', name: unit.name, unit }));
  const grouped = <T,>(all: T[], by: (one: T) => string): [string, T[]][] =>
    [...new Set(all.map(by))].sort((a, b) => a.localeCompare(b)).map(name => [name, all.filter(one => by(one) === name)]);
  const tree: Node[] = grouped(centers, center => center.site).map(([site, ofSite]) => ({
    key: `site ${site}`,
    kind: 'site',
    name: site,
    children: grouped(ofSite, center => center.area).map(([area, ofArea]) => ({
      key: `area ${site} ${area}`,
      kind: 'area',
      name: area,
      children: ofArea.map(center => ({
        key: `center ${center.code}`,
        kind: 'center',
        name: center.name,
        center,
        children: leaves(units.filter(unit => unit.workCenter === center.code)),
      })),
    })),
  }));
  const known = new Set(centers.map(center => center.code));
  const loose = units.filter(unit => !unit.workCenter || !known.has(unit.workCenter));
  return loose.length ? [...tree, { key: 'loose', kind: 'site', name: noCenter, children: leaves(loose) }] : tree;
}
