import { Alert } from 'antd';
import { Link, useParams } from 'react-router';
import { History } from '@/components/History';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Tag, Value } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import type { Answer } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useSession } from '@/lib/session';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { reasonOf } from '@/lib/words/refusals';
import { nameOf, valueOf } from '@/lib/words/words';
import { RecordMeasurements } from './RecordMeasurements';

const BACK: Text = ['检验', 'Inspections'];
const JUDGE: Text = ['判定', 'Give the verdict'];
const MEASURED: Text = ['测量值', 'Measurements'];
const CHARACTERISTICS: Text = ['检验项与公差', 'Characteristics and limits'];
const HOLDS: Text = ['由此产生的暂停', 'Holds that it placed'];
const PROPOSAL: Text = [
  '建议：{verdict}，合格 {accepted}，不合格 {rejected}；待测 {missing} 项',
  'Proposed: {verdict}, {accepted} accepted, {rejected} rejected; {missing} still to measure',
];
const UNMEASURED: Text = ['尚未测量：待测 {missing} 项', 'Nothing is measured yet: {missing} to measure'];
const OPEN: Text = ['未定', 'undecided'];
const NO_MEASUREMENTS: Text = ['还没有测量值。点“录入测量值”开始', 'Nothing is measured yet. Begin with “Record measurements”'];
const OVER: Text = ['检验已结束', 'The inspection has ended'];

/** Who inspects more than what operators check themselves. */
const OF_OTHERS = ['quality.manage', 'production.act-for-others'];

type Detail = Answer<'/api/quality/inspections/{id}', 'get'>;

export function Component() {
  const { id = '' } = useParams();
  const reading = useRead('/api/quality/inspections/{id}', { path: { id } });
  return <Loaded reading={reading}>{detail => <Inspection detail={detail} />}</Loaded>;
}

function Inspection({ detail }: { detail: Detail }) {
  const t = useText();
  const { inspection, plan, proposal, measurements, holds } = detail;
  const at = { id: inspection.id };
  const { permissions } = useSession();
  const isOwn = inspection.isSelfInspection || OF_OTHERS.some(one => permissions.includes(one));
  const why = inspection.status !== 'Open' ? OVER : isOwn ? null : reasonOf('not-a-self-inspection', null);
  const head = (member: string) => t(nameOf(member));
  return (
    <Page
      title={inspection.number}
      back={{ to: '/inspections', name: BACK }}
      sub={<Tag value={inspection.status} />}
      actions={
        <>
          <RecordMeasurements detail={detail} why={why} />
          <VerbButton
            label={JUDGE}
            why={why}
            method="post"
            path="/api/quality/inspections/{id}/verdict"
            at={at}
            initial={{ verdict: proposal.verdict ?? undefined }}
          />
          <History service="quality" of={[['inspection', inspection.id], ...holds.map(one => ['hold', one.id] as const)]} />
        </>
      }>
      <div className="sections">
        {inspection.status === 'Open' && (
          <Alert
            type="info"
            showIcon
            title={t(proposal.missingMeasurements === 0 || measurements.length > 0 ? PROPOSAL : UNMEASURED, {
              verdict: proposal.verdict ? valueOf(proposal.verdict) : t(OPEN),
              accepted: number(proposal.acceptedQuantity),
              rejected: number(proposal.rejectedQuantity),
              missing: proposal.missingMeasurements,
            })}
          />
        )}
        <Facts
          schema={{ ref: 'quality/InspectionView' }}
          record={inspection}
          links={{
            order: `/orders/${inspection.orderId}`,
            lot: addressOf('/lots/one', {}, { material: inspection.product, lot: inspection.lot }),
          }}
          members={[
            'order',
            'operation',
            'product',
            'lot',
            'quantity',
            'sampleSize',
            'kind',
            'isSelfInspection',
            'plan',
            'planVersion',
            'equipment',
            'operator',
            'reportedAt',
            'openedAt',
            'endedAt',
            'decidedBy',
            'acceptedQuantity',
            'rejectedQuantity',
            'verdictReason',
          ]}
        />
        <Section title={CHARACTERISTICS}>
          <SheetTable
            rowKey="code"
            dataSource={plan.characteristics}
            columns={['code', 'name', 'type', 'unit', 'nominal', 'lowerLimit', 'lowerWarning', 'upperWarning', 'upperLimit'].map(
              member => ({
                title: head(member),
                render: (_: unknown, row) => (
                  <Value
                    schema={member === 'type' ? { enum: ['Variable'], type: 'string' } : {}}
                    value={(row as unknown as Record<string, unknown>)[member]}
                  />
                ),
              }),
            )}
          />
        </Section>
        <Section title={MEASURED}>
          <SheetTable
            locale={{ emptyText: t(NO_MEASUREMENTS) }}
            rowKey="position"
            dataSource={measurements}
            columns={[
              { title: head('sample'), dataIndex: 'sample' },
              { title: head('characteristic'), dataIndex: 'characteristic' },
              {
                title: head('value'),
                align: 'right',
                render: (_, row) => <Value schema={{}} value={row.value ?? row.conforms} />,
              },
              { title: head('judgement'), render: (_, row) => <Tag value={row.judgement} /> },
              { title: head('recordedBy'), dataIndex: 'recordedBy' },
              { title: head('recordedAt'), render: (_, row) => dateTime(row.recordedAt) },
            ]}
          />
        </Section>
        {holds.length > 0 && (
          <Section title={HOLDS}>
            <ul>
              {holds.map(hold => (
                <li key={hold.id}>
                  <Tag value={hold.status} /> {hold.material} {hold.lot}: {hold.reason}{' '}
                  <Link to="/holds">{dateTime(hold.placedAt)}</Link>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </Page>
  );
}
