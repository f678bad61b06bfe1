import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';

const TITLE: Text = ['排程运行', 'Planning runs'];
const CANCEL: Text = ['取消排程', 'Cancel the run'];

export function Component() {
  return (
    <Page title={TITLE}>
      <DataTable
        isMain
        path="/api/scheduling/runs"
        filters={['status', 'from', 'to']}
        open={row => `/runs/${row.id}`}
        columns={['askedAt', 'mode', 'trigger', 'status', 'orders', 'operations', 'gap', 'durationMs', 'planVersion', 'error']}
        more={['startedAt', 'endedAt', 'notBefore', 'attempt']}
        rowKey={row => `${row.id} ${row.attempt}`}
        actions={row =>
          ['Running', 'Waiting'].includes(row.status) && (
            <VerbButton kind="text" label={CANCEL} method="post" path="/api/scheduling/runs/{id}/cancel" at={{ id: row.id }} />
          )
        }
      />
    </Page>
  );
}
