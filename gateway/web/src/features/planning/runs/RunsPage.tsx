import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import type { Text } from '@/lib/text';
import { changesInWords, latenessInWords } from './run';
import { Schedules } from './Schedules';

const TITLE: Text = ['排程运行', 'Planning runs'];
const CANCEL: Text = ['停止并保留目前最好的', 'Stop and keep the best so far'];
const BEST: Text = ['结果', 'Result'];
const CHANGED: Text = ['改动', 'What changed'];

export function Component() {
  return (
    <Page title={TITLE}>
      <Schedules />
      <DataTable
        isMain
        path="/api/scheduling/runs"
        filters={['status', 'from', 'to']}
        open={row => `/runs/${row.id}`}
        columns={[
          'askedAt',
          'mode',
          'trigger',
          'status',
          { member: 'lateOrders', title: BEST, render: row => latenessInWords(row.lateOrders, row.tardinessSeconds) ?? '–' },
          'gap',
          'durationMs',
          { member: 'moved', title: CHANGED, render: row => changesInWords(row) || '–' },
          'planVersion',
          'error',
        ]}
        more={['startedAt', 'endedAt', 'notBefore', 'attempt', 'orders', 'operations']}
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
