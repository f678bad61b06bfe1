import { Tree, type TreeDataNode } from 'antd';
import { Link } from 'react-router';
import { Loaded } from '@/components/Page';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { number, useText, type Text } from '@/lib/text';
import { tracedAddress } from '@/lib/traced';

const MORE: Text = ['只显示前 {count} 个，完整数据见列表', 'The first {count} are shown; the list has them all'];
const NOTHING: Text = ['没有记录', 'Nothing is recorded'];
const LOTS_MAX = 1000;

interface Traced {
  material: string;
  lot: string;
  serial: string | null;
  order: string;
  quantity: number;
  depth: number;
  fromMaterial: string;
  fromLot: string;
  fromSerial: string | null;
}

/** The lots as a tree. A lot that was reached by several ways stands at each; what stands above itself is not followed again. */
export function LotTree({
  path,
  material,
  lot,
  serial,
}: {
  path: '/api/work-orders/genealogy/up' | '/api/work-orders/genealogy/down';
  material: string;
  lot: string;
  serial?: string;
}) {
  const t = useText();
  const may = useMay()('get', '/api/inventory/materials');
  const materials = useRead('/api/inventory/materials', { query: { size: LOTS_MAX } }, may);
  const units = new Map((materials.data?.items ?? []).map(one => [one.code, one.unit]));
  const trace = useRead(path, { query: { material, lot, serial, size: LOTS_MAX } });
  return (
    <Loaded reading={trace}>
      {page => (
        <div className="sheet padded">
          {page.items.length === 0 && <p className="muted">{t(NOTHING)}</p>}
          <Tree
            showLine
            selectable={false}
            defaultExpandAll
            treeData={[nodeOf(page.items, units, { material, lot, serial }, [], '')]}
          />
          {page.next && <p className="muted">{t(MORE, { count: LOTS_MAX })}</p>}
        </div>
      )}
    </Loaded>
  );
}

const isFrom = (one: Traced, at: { material: string; lot: string; serial?: string | null }) =>
  one.fromMaterial === at.material && one.fromLot === at.lot && one.fromSerial === (at.serial ?? null);

function nodeOf(
  all: Traced[],
  units: ReadonlyMap<string, string>,
  at: { material: string; lot: string; serial?: string | null; quantity?: number; order?: string },
  above: string[],
  key: string,
): TreeDataNode {
  const name = JSON.stringify([at.material, at.lot, at.serial ?? null]);
  const below = above.includes(name) ? [] : all.filter(one => isFrom(one, at));
  return {
    key: `${key}/${name}`,
    title: (
      <span>
        <Link to={tracedAddress(at)}>
          {at.material} · {at.lot}
          {at.serial && ` · ${at.serial}`}
        </Link>
        {at.quantity !== undefined && (
          <span className="muted">
            {' '}
            × {number(at.quantity)} {units.get(at.material) ?? ''}
            {at.order && ` (${at.order})`}
          </span>
        )}
      </span>
    ),
    children: below.map(one => nodeOf(all, units, one, [...above, name], `${key}/${name}`)),
  };
}
