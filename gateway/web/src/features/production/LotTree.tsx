import { Tree, type TreeDataNode } from 'antd';
import { Link } from 'react-router';
import { Loaded } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { number, useText, type Text } from '@/lib/text';

const MORE: Text = ['只显示前 {count} 个，完整数据见列表', 'The first {count} are shown; the list has them all'];
const NOTHING: Text = ['没有记录', 'Nothing is recorded'];
const LOTS_MAX = 1000;

interface Traced {
  material: string;
  lot: string;
  order: string;
  quantity: number;
  depth: number;
  fromMaterial: string;
  fromLot: string;
}

/** The lots as a tree. A lot that was reached by several ways stands at each; what stands above itself is not followed again. */
export function LotTree({
  path,
  material,
  lot,
}: {
  path: '/api/work-orders/genealogy/up' | '/api/work-orders/genealogy/down';
  material: string;
  lot: string;
}) {
  const t = useText();
  const may = useMay()('get', '/api/inventory/materials');
  const materials = useRead('/api/inventory/materials', { query: { size: LOTS_MAX } }, may);
  const units = new Map((materials.data?.items ?? []).map(one => [one.code, one.unit]));
  const trace = useRead(path, { query: { material, lot, size: LOTS_MAX } });
  return (
    <Loaded reading={trace}>
      {page => (
        <div className="sheet padded">
          {page.items.length === 0 && <p className="muted">{t(NOTHING)}</p>}
          <Tree showLine selectable={false} defaultExpandAll treeData={[nodeOf(page.items, units, { material, lot }, [], '')]} />
          {page.next && <p className="muted">{t(MORE, { count: LOTS_MAX })}</p>}
        </div>
      )}
    </Loaded>
  );
}

function nodeOf(
  all: Traced[],
  units: ReadonlyMap<string, string>,
  at: { material: string; lot: string; quantity?: number; order?: string },
  above: string[],
  key: string,
): TreeDataNode {
  const name = JSON.stringify([at.material, at.lot]);
  const below = above.includes(name) ? [] : all.filter(one => one.fromMaterial === at.material && one.fromLot === at.lot);
  return {
    key: `${key}/${name}`,
    title: (
      <span>
        <Link to={addressOf('/lots/one', {}, { material: at.material, lot: at.lot })}>
          {at.material} · {at.lot}
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
