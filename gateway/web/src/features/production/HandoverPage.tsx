import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['交接班', 'Shift handover'];
const SUB: Text = ['上一班写给下一班的话，由接班人确认', 'What a shift tells the next one, acknowledged by whoever takes over'];
const WRITE: Text = ['写交接班记录', 'Write a note'];
const ACKNOWLEDGE: Text = ['确认', 'Acknowledge'];
const VIEWS: { name: Text; search: string }[] = [{ name: ['未确认', 'Open'], search: 'status=Open' }];
const CENTERS = { workCenter: { source: { path: '/api/equipment/work-centers', value: 'code', name: 'name' } as const } };

/** What shifts have handed over at the work centers. */
export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      sub={t(SUB)}
      actions={<VerbButton kind="primary" label={WRITE} method="post" path="/api/equipment/handover-notes" options={CENTERS} />}>
      <DataTable
        isMain
        path="/api/equipment/handover-notes"
        filters={['workCenter', 'status', 'from', 'to']}
        views={VIEWS}
        columns={[
          'workCenter',
          { member: 'text', render: row => <span className="written">{row.text}</span> },
          'writtenBy',
          'writtenAt',
          { member: 'acknowledgedBy', title: ['确认人', 'Acknowledged by'] },
          { member: 'acknowledgedAt', title: ['确认时间', 'Acknowledged'] },
        ]}
        actions={row => (
          <>
            {!row.acknowledgedAt && (
              <VerbButton
                kind="text"
                label={ACKNOWLEDGE}
                method="post"
                path="/api/equipment/handover-notes/{id}/acknowledge"
                at={{ id: row.id }}
              />
            )}
            <History kind="text" service="equipment" of={[['handover_note', row.id]]} />
          </>
        )}
      />
    </Page>
  );
}
