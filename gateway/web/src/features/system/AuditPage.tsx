import { sayingOf } from '@/lib/words/sayings';
import { Alert, Tabs } from 'antd';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { Deed, EntryChanges, When, Who } from '@/components/Trail';
import { actionsOf } from '@/lib/api/api';
import { useRead } from '@/lib/api/hooks';
import { number, useText, type Text } from '@/lib/text';
import { deedOf } from '@/lib/trail';
import { EVENTS } from '@/lib/words/actions';
import { SERVICES } from './services';

const TITLE: Text = ['审计', 'Audit'];
const INTACT: Text = ['审计链完整：{count} 条', 'The chain is whole: {count} entries'];
const BROKEN: Text = ['审计链在 {at} 处断裂', 'The chain is broken at {at}'];
const WHEN: Text = ['时间', 'When'];
const WHO: Text = ['操作者', 'Who'];
const WHAT: Text = ['操作', 'What'];
const WHY: Text = ['原因', 'Why'];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE}>
      <Tabs items={SERVICES.map(({ key, name }) => ({ key, label: t(name), children: <Trail service={key} /> }))} />
    </Page>
  );
}

function Trail({ service }: { service: (typeof SERVICES)[number]['key'] }) {
  const t = useText();
  const verdict = useRead(`/api/${service}/audit/verdict`);
  const actions = [...actionsOf(service), ...(service === 'work-orders' ? actionsOf('erp') : []), ...Object.keys(EVENTS)];
  return (
    <div className="audit">
      {verdict.data && (
        <div className="gap">
          <Alert
            showIcon
            type={verdict.data.isIntact ? 'success' : 'error'}
            title={
              verdict.data.isIntact
                ? t(INTACT, { count: number(verdict.data.length) })
                : t(BROKEN, { at: String(verdict.data.firstBreak) })
            }
          />
        </div>
      )}
      <DataTable
        path={`/api/${service}/audit`}
        filters={['from', 'to', 'actor', 'action']}
        choices={{ action: actions.map(value => ({ value, label: t(deedOf(value)) })) }}
        columns={[
          { member: 'at', title: WHEN, render: row => <When at={row.at} /> },
          { member: 'actorName', title: WHO, render: row => <Who entry={row} /> },
          { member: 'action', title: WHAT, render: row => <Deed entry={row} /> },
          {
            member: 'reason',
            title: WHY,
            render: row => (row.reason ? <div className="narrow">{sayingOf(row.reason)}</div> : '–'),
          },
          {
            member: 'changes',
            render: row => (
              <div className="wide">
                <EntryChanges entry={row} records={3} />
              </div>
            ),
          },
        ]}
        more={['device', 'actorId']}
      />
    </div>
  );
}
