import { Link } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { addressOf } from '@/lib/api/client';

/** The reports whose work ended in a time: what the pieces of a unit are counted from. */
export const CountedReports = ({ code, window }: { code: string; window: { from: string; to: string } }) => (
  <DataTable
    path="/api/equipment/units/{code}/reports"
    at={{ code }}
    query={window}
    rowKey={row => row.reportId}
    columns={[
      'endedAt',
      { member: 'order', render: row => <OrderLink order={row.order} /> },
      'operation',
      'product',
      'operator',
      'activity',
      'good',
      'scrap',
      'nonconforming',
      'runSecondsPerUnit',
    ]}
  />
);

/** An order by its number. */
export const OrderLink = ({ order }: { order: string }) => <Link to={addressOf('/orders', {}, { order })}>{order}</Link>;
