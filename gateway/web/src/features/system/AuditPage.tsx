import { Alert, Tabs } from 'antd';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { useRead } from '@/lib/api/hooks';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';
import { Changes } from './Changes';
import { SERVICES } from './services';

const TITLE: Text = ['审计', 'Audit'];
const INTACT: Text = ['审计链完整:{count} 条', 'The chain is whole: {count} entries'];
const BROKEN: Text = ['审计链在 {at} 处断裂', 'The chain is broken at {at}'];

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
  return (
    <>
      {verdict.data && (
        <Alert
          className="gap"
          showIcon
          type={verdict.data.isIntact ? 'success' : 'error'}
          title={
            verdict.data.isIntact
              ? t(INTACT, { count: number(verdict.data.length) })
              : t(BROKEN, { at: String(verdict.data.firstBreak) })
          }
        />
      )}
      <DataTable
        path={`/api/${service}/audit`}
        filters={['from', 'to']}
        columns={[
          { member: 'at', render: row => dateTime(row.at) },
          {
            member: 'actorName',
            render: row => (
              <>
                {row.actorName} <span className="muted">({valueOf(row.actorKind)})</span>
              </>
            ),
          },
          'action',
          'reason',
          { member: 'changes', render: row => <Changes json={row.changes} /> },
        ]}
        more={['device', 'actorId']}
      />
    </>
  );
}
