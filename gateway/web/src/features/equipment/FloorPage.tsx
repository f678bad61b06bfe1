import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Page } from '@/components/Page';
import { Person } from '@/components/Person';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { number, useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';
import { deltaOf } from './delta';
import { UnitCards } from './UnitCards';

const TITLE: Text = ['车间现况', 'The floor now'];
const CALL: Text = ['安灯呼叫', 'Call for help'];
const COMES: Text = ['响应', 'I come'];
const DONE: Text = ['已解决', 'Dealt with'];
const WITHDRAW: Text = ['撤回', 'Take back'];
const PAUSE: Text = ['暂停', 'Pause'];
const RESUME: Text = ['继续', 'Resume'];
const FINISH: Text = ['结束', 'Finish'];
const STEPS: Text = ['设置升级', 'Set the steps'];
const STEP: Text = ['{minutes} 分钟后：', 'after {minutes} min: '];
const UNITS: Text = ['设备', 'Units'];
const CALLS: Text = ['安灯呼叫', 'Calls for help'];
const WORK: Text = ['作业', 'Work'];
const WHO: Text = ['呼叫谁', 'Who is called'];
const OF_TARGET: Text = ['{good} / {target}（{delta}）', '{good} of {target} ({delta})'];
const CARDS: Text = ['派工', 'Dispatch'];
const COUNTED: Text = ['{ready} 可开工 · {waiting} 等待', '{ready} ready · {waiting} waiting'];
const COUNTS = '/api/work-orders/dispatch/counts';
const UNIT_OPTIONS = { equipment: { source: { path: '/api/equipment/units', value: 'code', name: 'name' } as const } };
const OPEN: { name: Text; search: string }[] = [{ name: ['未关闭', 'Open'], search: 'status=Open' }];
const RUNNING: { name: Text; search: string }[] = [{ name: ['进行中', 'Under way'], search: 'status=Open' }];

/** What each unit does now and who works at it, who calls for help, and who is called. */
export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={<VerbButton kind="primary" label={CALL} method="post" path="/api/equipment/andon-calls" options={UNIT_OPTIONS} />}>
      <Tabs
        items={[
          { key: 'units', label: t(UNITS), children: <Units /> },
          { key: 'calls', label: t(CALLS), children: <Calls /> },
          { key: 'work', label: t(WORK), children: <Work /> },
          { key: 'who', label: t(WHO), children: <Escalations /> },
        ]}
      />
    </Page>
  );
}

/** A row opens what waits at its unit. */
function Units() {
  const t = useText();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const counts = useRead(COUNTS, { query: { size: 1000 } }, may('get', COUNTS));
  const countOf = new Map(counts.data?.items.map(one => [one.equipment, one]));
  return (
    <>
      <DataTable
        path="/api/equipment/live"
        filters={['workCenter']}
        rowKey={row => row.code}
        open={row => addressOf('/floor', {}, { unit: row.code })}
        columns={[
          'code',
          'name',
          'workCenter',
          'state',
          'since',
          {
            member: 'work.waiting',
            title: CARDS,
            render: row => t(COUNTED, { ready: 0, waiting: 0, ...countOf.get(row.code) }),
          },
          {
            member: 'work',
            render: row =>
              row.work.map(work => (
                <div key={work.workId}>
                  <Person code={work.operator} /> · {work.order} · {work.operation} · <Tag value={valueOf(work.state)} />
                </div>
              )),
          },
          'downReason',
          {
            member: 'output',
            render: row => row.output && <Output {...row.output} />,
          },
        ]}
        more={['expectedUpAt', 'lastOperator']}
      />
      <UnitCards unit={params.get('unit')} onClose={() => setParams({})} />
    </>
  );
}

const Calls = () => (
  <DataTable
    path="/api/equipment/andon-calls"
    query={{ descending: true }}
    filters={['kind', 'equipment', 'status', 'from', 'to']}
    views={OPEN}
    columns={[
      'calledAt',
      'kind',
      'equipment',
      'status',
      'role',
      'note',
      'calledBy',
      'acknowledgedBy',
      'responseSeconds',
      'repairSeconds',
      'resolution',
    ]}
    more={['order', 'operation', 'acknowledgedAt', 'closedBy', 'closedAt']}
    actions={row => (
      <>
        {row.status === 'Called' && (
          <VerbButton
            kind="text"
            label={COMES}
            method="post"
            path="/api/equipment/andon-calls/{id}/acknowledge"
            at={{ id: row.id }}
          />
        )}
        {!row.closedAt && (
          <>
            <VerbButton
              kind="text"
              label={DONE}
              method="post"
              path="/api/equipment/andon-calls/{id}/resolve"
              at={{ id: row.id }}
            />
            <VerbButton
              kind="text"
              label={WITHDRAW}
              method="post"
              path="/api/equipment/andon-calls/{id}/withdraw"
              at={{ id: row.id }}
            />
          </>
        )}
        <History kind="text" service="equipment" of={[['andon_call', row.id]]} />
      </>
    )}
  />
);

const Work = () => (
  <DataTable
    path="/api/work-orders/work"
    query={{ descending: true }}
    filters={['operator', 'equipment', 'status', 'from', 'to']}
    views={RUNNING}
    begin="status=Open"
    columns={['order', 'operation', 'equipment', 'operator', 'activity', 'state', 'since', 'seconds', 'pauseReason', 'endedBy']}
    more={['product', 'startedAt']}
    open={row => `/orders/${row.orderId}`}
    actions={row =>
      row.state !== 'Ended' && (
        <>
          {row.state === 'Running' ? (
            <VerbButton kind="text" label={PAUSE} method="post" path="/api/work-orders/work/{id}/pause" at={{ id: row.id }} />
          ) : (
            <VerbButton kind="text" label={RESUME} method="post" path="/api/work-orders/work/{id}/resume" at={{ id: row.id }} />
          )}
          <VerbButton kind="text" label={FINISH} method="post" path="/api/work-orders/work/{id}/finish" at={{ id: row.id }} />
        </>
      )
    }
  />
);

/** What was made against what should have been by now. */
function Output({ good, target }: { good: number; target: number | null }) {
  const t = useText();
  if (target === null) return <>{number(good)}</>;
  return <>{t(OF_TARGET, { good: number(good), target: number(target, 0), delta: deltaOf(good, target) })}</>;
}

function Escalations() {
  const t = useText();
  return (
    <DataTable
      path="/api/equipment/andon-escalations"
      rowKey={row => row.kind}
      columns={[
        'kind',
        {
          member: 'steps',
          render: row =>
            row.steps.map(step => (
              <div key={step.afterMinutes}>
                {step.afterMinutes > 0 && t(STEP, { minutes: step.afterMinutes })}
                {valueOf(step.role)}
              </div>
            )),
        },
      ]}
      actions={row => (
        <VerbButton
          kind="text"
          label={STEPS}
          method="put"
          path="/api/equipment/andon-escalations/{kind}"
          at={{ kind: row.kind }}
          initial={{ steps: row.steps }}
        />
      )}
    />
  );
}
