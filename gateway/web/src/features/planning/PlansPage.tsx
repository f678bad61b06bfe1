import { useNavigate } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { number, percent, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';
import { AskPromise } from './AskPromise';

const TITLE: Text = ['排程计划', 'Plans'];
const BEGINS: Text = ['计划起点', 'Begins'];
const TARDINESS: Text = ['加权拖期(时)', 'Weighted tardiness (h)'];
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
          { member: 'trigger', render: row => valueOf(row.trigger) },
          { member: 'method', render: row => valueOf(row.method) },
          'operations',
          'lateOrders',
          'unplannedSteps',
          {
            member: 'weightedTardinessSeconds',
            title: TARDINESS,
            render: row => number(row.weightedTardinessSeconds / 3600, 0),
          },
          { member: 'gap', render: row => percent(row.gap) },
          'durationMs',
        ]}
        more={['makespanSeconds', 'setupSeconds', 'workInProcessSeconds', 'boundSeconds']}
      />
    </Page>
  );
}
