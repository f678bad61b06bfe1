import { useNavigate } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';
import { AskPromise } from './AskPromise';

const TITLE: Text = ['排程计划', 'Plans'];
const BEGINS: Text = ['计划起点', 'Begins'];
const PLAN: Text = ['立即排程', 'Plan now'];

export function Component() {
  const navigate = useNavigate();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <AskPromise />
          <VerbButton
            kind="primary"
            label={PLAN}
            method="post"
            path="/api/scheduling/plans"
            initial={{ mode: 'Incremental' }}
            onDone={asked => void navigate(`/runs/${asked.runId}`)}
          />
        </>
      }>
      <DataTable
        isMain
        path="/api/scheduling/plans"
        filters={['from', 'to']}
        open={row => `/plans/${row.id}`}
        columns={[
          'version',
          { member: 'origin', title: BEGINS },
          'mode',
          'trigger',
          'method',
          'operations',
          'lateOrders',
          'unplannedSteps',
          'weightedTardinessSeconds',
          'gap',
          'durationMs',
        ]}
        more={['makespanSeconds', 'setupSeconds', 'workInProcessSeconds', 'boundSeconds']}
      />
    </Page>
  );
}
