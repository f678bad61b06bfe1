import { Empty } from 'antd';
import { useSearchParams } from 'react-router';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Person } from '@/components/Person';
import { Tag } from '@/components/Value';
import { addressOf } from '@/lib/api/client';
import type { EquipmentSchemas } from '@/lib/api/generated';
import { useRead, useReads } from '@/lib/api/hooks';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { OrderLink } from './CountedReports';
import { useReasonNames } from './useReasonNames';

const BACK: Text = ['设备', 'The unit'];
const REPORTS: Text = ['由以下报工构成', 'The reports that it is made of'];
const STOPS: Text = ['由以下停机构成', 'The stops that it is made of'];
const NOTHING: Text = ['此时段没有报工，也没有报停机', 'Nothing was reported for this time'];
const GONE: Text = ['此区间已变化，请返回重新查看', 'This interval has changed since; go back to see it as it is'];

type Interval = EquipmentSchemas['IntervalView'];
const idsOf = (interval: Interval) => interval.sources.map(({ id }) => ({ path: { id } }));

/** A time in which a unit did one thing, and the reports or the stops that say so. */
export function Component() {
  const t = useText();
  const [params] = useSearchParams();
  const [code, from] = [params.get('code') ?? '', params.get('at') ?? ''];
  const query = { from, to: params.get('to') || undefined };
  const intervals = useRead('/api/equipment/units/{code}/intervals', { path: { code }, query });
  return (
    <Page title={`${code} · ${dateTime(from)}`} back={{ to: addressOf('/units/one', {}, { code }), name: BACK }}>
      <Loaded reading={intervals}>
        {({ items: [interval] }) =>
          interval?.startsAt === from ? (
            <div className="sections">
              <Facts
                schema={{ ref: 'equipment/IntervalView' }}
                record={interval}
                members={['state', 'startsAt', 'endsAt', 'minutesWithin']}
              />
              {interval.sources.length === 0 ? (
                <Empty description={t(NOTHING)} image={Empty.PRESENTED_IMAGE_SIMPLE} />
              ) : interval.state === 'Breakdown' ? (
                <Stops interval={interval} />
              ) : (
                <Reports interval={interval} />
              )}
            </div>
          ) : (
            <Empty description={t(GONE)} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Reports({ interval }: { interval: Interval }) {
  const t = useText();
  const reports = useReads('/api/equipment/reports/{id}', idsOf(interval));
  return (
    <Section title={REPORTS}>
      <SheetTable
        rowKey="reportId"
        loading={reports.isLoading}
        dataSource={reports.data}
        columns={[
          { title: t(nameOf('order')), render: (_, row) => <OrderLink order={row.order} /> },
          { title: t(nameOf('operation')), dataIndex: 'operation' },
          { title: t(nameOf('product')), dataIndex: 'product' },
          { title: t(nameOf('operator')), render: (_, row) => <Person code={row.operator} /> },
          { title: t(nameOf('activity')), render: (_, row) => <Tag value={row.activity} /> },
          { title: t(nameOf('startedAt')), render: (_, row) => dateTime(row.startedAt) },
          { title: t(nameOf('endedAt')), render: (_, row) => dateTime(row.endedAt) },
          ...(['good', 'scrap', 'nonconforming'] as const).map(member => ({
            title: t(nameOf(member)),
            align: 'right' as const,
            render: (_: unknown, row: (typeof reports.data)[number]) => number(row[member]),
          })),
        ]}
      />
    </Section>
  );
}

function Stops({ interval }: { interval: Interval }) {
  const t = useText();
  const nameOfReason = useReasonNames();
  const stops = useReads('/api/equipment/downtimes/{id}', idsOf(interval));
  return (
    <Section title={STOPS}>
      <SheetTable
        rowKey="id"
        loading={stops.isLoading}
        dataSource={stops.data}
        columns={[
          { title: t(nameOf('reason')), render: (_, row) => row.parts.map(part => nameOfReason(part.reason)).join(', ') },
          { title: t(nameOf('startedAt')), render: (_, row) => dateTime(row.startedAt) },
          { title: t(nameOf('endedAt')), render: (_, row) => row.endedAt && dateTime(row.endedAt) },
          { title: t(nameOf('order')), render: (_, row) => row.order && <OrderLink order={row.order} /> },
          { title: t(nameOf('operation')), dataIndex: 'operation' },
          { title: t(nameOf('operator')), render: (_, row) => row.operator && <Person code={row.operator} /> },
        ]}
      />
    </Section>
  );
}
