import { useQueries } from '@tanstack/react-query';

import { SheetTable } from '@/components/SheetTable';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { VerbButton } from '@/components/VerbButton';
import { Tag } from '@/components/Value';
import { read } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { isLate, isOpen } from '@/lib/late';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import type { Order } from './OrderPage';
import { TimeLine, type Span } from './TimeLine';

const COMPLETE: Text = ['完工', 'Complete'];
const REOPEN: Text = ['重新打开', 'Reopen'];
const TIMES: Text = ['计划（上）与实际（下）', 'Plan (above) and actual (below)'];
const LATE: Text = ['延误：计划 {end} 完成，交期 {due}', 'Late: planned to end {end}, due {due}'];
const WHY: Text = ['为什么', 'See why'];
const VERBS: Text = ['操作', 'Actions'];
const REPORTS_READ = 500;

type Operation = Order['operations'][number];

/** The operations of an order, with what was planned and what happened on one small time line. */
export function Operations({ order }: { order: Order }) {
  const t = useText();
  const plan = useRead('/api/scheduling/plans', { query: { size: 1 } });
  const planId = plan.data?.items[0]?.id ?? '';
  const planned = useRead(
    '/api/scheduling/plans/{id}/operations',
    { path: { id: planId }, query: { orderId: order.id, size: 200 } },
    planId !== '',
  );
  const reports = useQueries({
    queries: order.operations.map(operation => ({
      queryKey: ['/api/work-orders/operations/{id}/reports', 'spans', operation.id],
      queryFn: () =>
        read('/api/work-orders/operations/{id}/reports', { path: { id: operation.id }, query: { size: REPORTS_READ } }),
    })),
  });
  // what is closed is planned no more, though the plan in force may have it until the next
  const lines = isOpen(order.status) ? (planned.data?.items ?? []) : [];
  const plannedOf = (id: string) => lines.filter(line => line.operationId === id);
  const spans: Span[] = order.operations.flatMap((operation, row) => [
    ...plannedOf(operation.id).map(line => ({ row, from: line.startsAt, to: line.endsAt, kind: 'plan' as const })),
    ...(reports[row]?.data?.items ?? []).map(report => ({
      row,
      from: report.startedAt,
      to: report.endedAt,
      kind: report.activity === 'Setup' ? ('setup' as const) : ('actual' as const),
    })),
  ]);
  const head = (member: string) => t(nameOf(member));
  const end = lines
    .map(line => line.endsAt)
    .sort()
    .at(-1);
  return (
    <>
      {end && order.dueAt && isLate({ ...order, plannedEndAt: end }) && Date.parse(end) > Date.parse(order.dueAt) && (
        <Alert
          type="warning"
          showIcon
          className="gap"
          title={t(LATE, { end: dateTime(end), due: dateTime(order.dueAt) })}
          action={<Link to={`/plans/${planId}`}>{t(WHY)}</Link>}
        />
      )}
      <SheetTable<Operation>
        dataSource={order.operations}
        rowKey="id"
        columns={[
          { title: head('sequence'), dataIndex: 'sequence', width: 60 },
          { title: head('operation'), dataIndex: 'code' },
          { title: head('equipment'), render: (_, row) => row.equipment.join(', ') },
          { title: head('status'), render: (_, row) => <Tag value={row.status} /> },
          { title: head('good'), align: 'right', render: (_, row) => number(row.good) },
          { title: head('scrap'), align: 'right', render: (_, row) => number(row.scrap) },
          { title: head('nonconforming'), align: 'right', render: (_, row) => number(row.nonconforming) },
          {
            title: head('plannedStartAt'),
            render: (_, row) => plannedOf(row.id).map(line => dateTime(line.startsAt))[0] ?? '–',
          },
          { title: t(TIMES), width: 230, render: (_, __, row) => <TimeLine spans={spans} row={row} /> },
          {
            title: <span className="hidden">{t(VERBS)}</span>,
            align: 'right',
            render: (_, row) => <OperationVerbs operation={row} />,
          },
        ]}
      />
    </>
  );
}

function OperationVerbs({ operation }: { operation: Operation }) {
  const at = { id: operation.id };
  return operation.status === 'Done' ? (
    <VerbButton kind="text" label={REOPEN} method="post" path="/api/work-orders/operations/{id}/reopen" at={at} />
  ) : (
    <VerbButton kind="text" label={COMPLETE} method="post" path="/api/work-orders/operations/{id}/complete" at={at} />
  );
}
