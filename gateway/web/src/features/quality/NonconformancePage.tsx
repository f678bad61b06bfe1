import { useParams } from 'react-router';
import { History } from '@/components/History';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { Person } from '@/components/Person';
import { SheetTable } from '@/components/SheetTable';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { dateTime, number, useText, type Text } from '@/lib/text';
import type { RecordOf } from '@/lib/trail';
import { nameOf } from '@/lib/words/words';

const BACK: Text = ['不合格品', 'Nonconformances'];
const DISPOSE: Text = ['处置', 'Dispose'];
const CLOSE: Text = ['关闭', 'Close'];
const DISPOSITIONS: Text = ['处置记录', 'Dispositions'];
const NOT_DECIDED: Text = ['还没有处置。点“处置”决定如何处理', 'Nothing is decided yet. Decide with “Dispose”'];
const CLOSED: Text = ['已关闭', 'It is closed'];
const UNDECIDED: Text = ['还有数量未处置', 'Some of it is not disposed of yet'];

/** The nonconformance, and what was decided of it, which is counted from one. */
const recordsOf = (id: string, dispositions: number): RecordOf[] => [
  ['nonconformance', id],
  ...Array.from({ length: dispositions }, (_, index) => ['disposition', { NonconformanceId: id, Position: index + 1 }] as const),
];

export function Component() {
  const t = useText();
  const { id = '' } = useParams();
  const reading = useRead('/api/quality/nonconformances/{id}', { path: { id } });
  const inspectionId = reading.data?.inspectionId ?? '';
  const inspection = useRead('/api/quality/inspections/{id}', { path: { id: inspectionId } }, inspectionId !== '');
  const head = (member: string) => t(nameOf(member));
  return (
    <Loaded reading={reading}>
      {data => (
        <Page
          title={data.number}
          back={{ to: '/nonconformances', name: BACK }}
          sub={<Tag value={data.status} />}
          actions={
            <>
              <VerbButton
                kind="primary"
                label={DISPOSE}
                why={data.status === 'Open' ? null : CLOSED}
                method="post"
                path="/api/quality/nonconformances/{id}/dispositions"
                at={{ id }}
                initial={{ quantity: data.undecided }}
              />
              <VerbButton
                label={CLOSE}
                why={data.status !== 'Open' ? CLOSED : data.undecided > 0 ? UNDECIDED : null}
                method="post"
                path="/api/quality/nonconformances/{id}/close"
                at={{ id }}
              />
              <History service="quality" of={recordsOf(id, data.dispositions.length)} />
            </>
          }>
          <div className="sections">
            <Facts
              schema={{ ref: 'quality/NonconformanceView' }}
              record={data}
              links={{
                order: `/orders/${data.orderId}`,
                lot: addressOf('/lots/one', {}, { material: data.product, lot: data.lot }),
                inspectionId: data.inspectionId ? `/inspections/${data.inspectionId}` : undefined,
              }}
              names={{ inspectionId: inspection.data?.inspection.number }}
              members={[
                'order',
                'operation',
                'product',
                'lot',
                'quantity',
                'undecided',
                'unit',
                'equipment',
                'operator',
                'inspectionId',
                'reportedAt',
                'openedAt',
                'endedAt',
              ]}
            />
            <Section title={DISPOSITIONS}>
              <SheetTable
                locale={{ emptyText: t(NOT_DECIDED) }}
                rowKey={row => row.decidedAt + row.kind}
                dataSource={data.dispositions}
                columns={[
                  { title: head('kind'), render: (_, row) => <Tag value={row.kind} /> },
                  { title: head('quantity'), align: 'right', render: (_, row) => number(row.quantity) },
                  { title: head('reason'), dataIndex: 'reason' },
                  { title: head('decidedBy'), render: (_, row) => <Person code={row.decidedBy} /> },
                  { title: head('decidedAt'), render: (_, row) => dateTime(row.decidedAt) },
                ]}
              />
            </Section>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
