import { Table } from 'antd';
import { Link } from 'react-router';
import { useRead } from '@/lib/api/hooks';
import { dateTime, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const NONE: Text = ['没有更早的计划可比较', 'There is no earlier plan to compare with'];
const SAME: Text = ['与上一个计划相同', 'Nothing is otherwise than in the plan before'];
const SHOWN: Text = ['最多显示 {count} 道工序', 'At most {count} operations are shown'];
const BEFORE: Text = ['之前', 'Before'];
const AFTER: Text = ['现在', 'Now'];
const GONE: Text = ['已不在计划中', 'no longer in the plan'];
const NEW: Text = ['新排入', 'newly planned'];
const SHOWN_MAX = 500;

/** What a plan has otherwise than the one before it: where each operation was and where it is. */
export function PlanDifference({ id, version }: { id: string; version: number | null }) {
  const t = useText();
  // the list goes on from a version downwards: the next one is the plan before
  const earlier = useRead('/api/scheduling/plans', { query: { after: String(version), size: 1 } }, version !== null);
  const before = version === null ? undefined : earlier.data?.items[0]?.id;
  const query = { size: SHOWN_MAX };
  const path = '/api/scheduling/plans/{id}/changes';
  const now = useRead(path, { path: { id }, query: { since: before ?? '', ...query } }, before !== undefined);
  const was = useRead(path, { path: { id: before ?? '' }, query: { since: id, ...query } }, before !== undefined);
  if (version === null || (earlier.data && before === undefined)) return <p className="muted">{t(NONE)}</p>;
  const old = new Map(was.data?.items.map(delta => [delta.operationId, delta.line]));
  const rows = (now.data?.items ?? []).map(delta => ({
    key: delta.operationId,
    line: (delta.line ?? old.get(delta.operationId))!,
    before: old.get(delta.operationId) ?? null,
    after: delta.line,
  }));
  if (now.data && was.data && rows.length === 0) return <p className="muted">{t(SAME)}</p>;
  type Place = (typeof rows)[number]['after'];
  const placeOf = (place: Place, none: Text) =>
    place ? `${place.equipment} · ${dateTime(place.startsAt)} – ${dateTime(place.endsAt)}` : t(none);
  return (
    <>
      {now.data?.next && <p className="muted">{t(SHOWN, { count: SHOWN_MAX })}</p>}
      <Table
        size="small"
        className="sheet"
        loading={!now.data || !was.data}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={rows.filter(row => row.line)}
        columns={[
          {
            title: t(nameOf('order')),
            render: (_, row) => <Link to={`/orders/${row.line.orderId}`}>{row.line.order}</Link>,
          },
          { title: t(nameOf('operation')), render: (_, row) => row.line.operation },
          { title: t(BEFORE), render: (_, row) => placeOf(row.before, NEW) },
          { title: t(AFTER), render: (_, row) => placeOf(row.after, GONE) },
        ]}
      />
    </>
  );
}
