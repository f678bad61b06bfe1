import { useNavigate } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['方案', 'Scenarios'];
const NEW: Text = ['新建方案', 'New scenario'];
const NONE: Text = [
  '还没有方案。新建一个，试算改班次、停机或交期的结果，再决定是否采用。',
  'There is no scenario yet. Make one to try other shifts, stops or due dates before anything changes.',
];

export function Component() {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Page
      title={TITLE}
      actions={
        <VerbButton
          kind="primary"
          label={NEW}
          method="post"
          path="/api/scheduling/scenarios"
          options={{ copyOf: { hidden: true } }}
          onDone={made => void navigate(`/scenarios/${made.id}`)}
        />
      }>
      <DataTable
        isMain
        path="/api/scheduling/scenarios"
        filters={['status', 'from', 'to']}
        empty={t(NONE)}
        open={row => `/scenarios/${row.id}`}
        columns={['name', 'status', 'baseVersion', 'revision', 'createdAt']}
      />
    </Page>
  );
}
