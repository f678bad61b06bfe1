import dayjs from 'dayjs';
import { Link } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { number, useText, type Text } from '@/lib/text';

const TITLE: Text = ['计件', 'Piece work'];
const SUB: Text = [
  '每人每天每道工序的合格数与工时：按工厂时区的日期，工时为各次报工从开始到结束之和，撤销的报工不计',
  'Good pieces and hours per operator, operation and day of the plant; the hours are those of the reports, from start to end of each, and reports that were undone do not count',
];
const monthOf = (day: dayjs.Dayjs) =>
  new URLSearchParams({ from: day.startOf('month').toISOString(), to: day.endOf('month').toISOString() }).toString();

/** What each operator has made each day, to be paid by the piece. */
export function Component() {
  const t = useText();
  const now = dayjs();
  const views: { name: Text; search: string }[] = [
    { name: ['本月', 'This month'], search: monthOf(now) },
    { name: ['上月', 'Last month'], search: monthOf(now.subtract(1, 'month')) },
  ];
  return (
    <Page title={TITLE} sub={t(SUB)}>
      <DataTable
        path="/api/work-orders/piece-work"
        filters={['operator', 'order', 'product', 'from', 'to']}
        views={views}
        begin={monthOf(now)}
        rowKey={row => JSON.stringify([row.day, row.operator, row.orderId, row.operation])}
        columns={[
          'day',
          'operator',
          { member: 'order', render: row => <Link to={`/orders/${row.orderId}`}>{row.order}</Link> },
          'product',
          'operation',
          'good',
          'scrap',
          'unit',
          { member: 'runHours', render: row => number(row.runHours, 2) },
          { member: 'setupHours', render: row => number(row.setupHours, 2) },
        ]}
        more={['name']}
      />
    </Page>
  );
}
