import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Page } from '@/components/Page';
import { read } from '@/lib/api/client';
import { useMay, useSession } from '@/lib/session';
import { number, useText, type Text } from '@/lib/text';
import { DueOrders } from './DueOrders';
import { FirstSteps } from './FirstSteps';
import { Today } from './Today';

const TITLE: Text = ['总览', 'Overview'];
const HELLO: Text = ['{name}，您好', 'Welcome, {name}'];
const MORE_THAN: Text = ['{count} 以上', 'more than {count}'];
const COUNTED_MAX = 200;

interface Tile {
  name: Text;
  path: string;
  query: Record<string, string>;
  to: string;
  tone?: 'bad' | 'warn';
}

const TILES: Tile[] = [
  {
    name: ['已下达工单', 'Released orders'],
    path: '/api/work-orders/orders',
    query: { status: 'Released' },
    to: '/orders?status=Released',
  },
  {
    name: ['延误工单', 'Late orders'],
    path: '/api/work-orders/orders',
    query: { late: 'true' },
    to: '/orders?late=true',
    tone: 'bad',
  },
  {
    name: ['暂停工单', 'Orders on hold'],
    path: '/api/work-orders/orders',
    query: { status: 'OnHold' },
    to: '/orders?status=OnHold',
    tone: 'warn',
  },
  {
    name: ['未处理报工差异', 'Open discrepancies'],
    path: '/api/work-orders/discrepancies',
    query: { status: 'Open' },
    to: '/discrepancies?status=Open',
    tone: 'warn',
  },
  {
    name: ['待检任务', 'Waiting for inspection'],
    path: '/api/quality/inspections',
    query: { status: 'Open' },
    to: '/inspections?status=Open',
    tone: 'warn',
  },
  {
    name: ['未关闭不合格品', 'Open nonconformances'],
    path: '/api/quality/nonconformances',
    query: { status: 'Open' },
    to: '/nonconformances?status=Open',
    tone: 'warn',
  },
  {
    name: ['有效质量暂停', 'Active holds'],
    path: '/api/quality/holds',
    query: { status: 'Active' },
    to: '/holds?status=Active',
    tone: 'bad',
  },
  {
    name: ['未处理库存差异', 'Open stock discrepancies'],
    path: '/api/inventory/discrepancies',
    query: { status: 'Open' },
    to: '/stock-discrepancies?status=Open',
    tone: 'warn',
  },
  {
    name: ['等待的排程', 'Planning runs that wait'],
    path: '/api/scheduling/runs',
    query: { status: 'Waiting' },
    to: '/runs?status=Waiting',
  },
  { name: ['搁置消息', 'Parked messages'], path: '/api/work-orders/parked-messages', query: {}, to: '/parked', tone: 'bad' },
];

/** What waits for somebody, for whoever may see it. */
export function Component() {
  const t = useText();
  const may = useMay();
  const { name } = useSession();
  const tiles = TILES.filter(tile => may('get', tile.path));
  const counts = useQueries({
    queries: tiles.map(tile => ({
      queryKey: [tile.path, 'count', tile.query],
      queryFn: async () => {
        const page = await read(tile.path as '/api/work-orders/orders', {
          query: { ...tile.query, size: COUNTED_MAX } as object,
        });
        return { count: page.items.length, isMore: page.next !== null };
      },
    })),
  });
  return (
    <Page title={TITLE} sub={t(HELLO, { name })}>
      <FirstSteps />
      <div className="tiles">
        {tiles.map((tile, index) => {
          const counted = counts[index]?.data;
          const tone = counted && counted.count > 0 ? tile.tone : undefined;
          return (
            <Link className="tile" key={tile.name[1]} to={tile.to}>
              <div className="muted">{t(tile.name)}</div>
              <div className={`figure ${tone ?? ''}`}>
                {counted ? (counted.isMore ? t(MORE_THAN, { count: COUNTED_MAX }) : number(counted.count)) : '…'}
              </div>
            </Link>
          );
        })}
      </div>
      <div className="sections gap-above">
        {may('get', '/api/work-orders/orders') && <DueOrders />}
        <Today />
      </div>
    </Page>
  );
}
