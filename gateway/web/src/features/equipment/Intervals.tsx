import { DataTable } from '@/components/DataTable';
import { addressOf } from '@/lib/api/client';
import type { EquipmentSchemas } from '@/lib/api/generated';
import { nameOf } from '@/lib/words/words';
import { OrderLink } from './CountedReports';
import { useReasonNames } from './useReasonNames';

type Interval = EquipmentSchemas['IntervalView'];

/** What a unit did, without gaps; an interval leads to the reports or the stops that it is made of. */
export function Intervals({ code, window }: { code: string; window: { from: string; to: string } }) {
  const nameOfReason = useReasonNames();
  return (
    <DataTable
      path="/api/equipment/units/{code}/intervals"
      at={{ code }}
      query={window}
      open={row => addressOf('/units/interval', {}, { code, at: row.startsAt, to: row.endsAt ?? '' })}
      columns={[
        'state',
        'startsAt',
        'endsAt',
        'minutesWithin',
        { member: 'sources', title: nameOf('reason'), render: row => reasonsOf(row).map(nameOfReason).join(', ') || '–' },
        { member: 'sources.order', render: row => <Orders interval={row} /> },
      ]}
      rowKey={row => row.startsAt}
    />
  );
}

/** Of a stop that nobody has classified, null. */
function reasonsOf(interval: Interval): (string | null)[] {
  const known = new Set(interval.sources.flatMap(source => source.reasons));
  return known.size === 0 && interval.state === 'Breakdown' ? [null] : [...known];
}

function Orders({ interval }: { interval: Interval }) {
  const orders = [...new Set(interval.sources.map(source => source.order))].filter(order => order !== null);
  return orders.length === 0
    ? '–'
    : orders.map((order, index) => (
        <span key={order} onClick={event => event.stopPropagation()}>
          {index > 0 && ', '}
          <OrderLink order={order} />
        </span>
      ));
}
