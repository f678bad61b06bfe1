import { useNavigate } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';

const TITLE: Text = ['方案', 'Scenarios'];
const NEW: Text = ['新建方案', 'New scenario'];

export function Component() {
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
          onDone={made => void navigate(`/scenarios/${made.id}`)}
        />
      }>
      <DataTable
        isMain
        path="/api/scheduling/scenarios"
        filters={['status', 'from', 'to']}
        open={row => `/scenarios/${row.id}`}
        columns={['name', 'status', 'baseVersion', 'revision', 'createdAt']}
      />
    </Page>
  );
}
