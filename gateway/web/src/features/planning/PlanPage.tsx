import { Tabs } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Facts, Loaded, Page } from '@/components/Page';
import { VerbButton } from '@/components/VerbButton';
import { operationOf } from '@/lib/api/api';
import { useRead } from '@/lib/api/hooks';
import { dateTime, useText, type Text } from '@/lib/text';
import { reasonOf } from '@/lib/words/refusals';
import { hintInWords } from '@/lib/words/hints';
import { valueOf } from '@/lib/words/words';
import { Mends } from './Mends';
import { PlanDifference } from './PlanDifference';

const BACK: Text = ['排程计划', 'Plans'];
const VERSION: Text = ['计划 {version}', 'Plan {version}'];
const OPERATIONS: Text = ['已排工序', 'Planned operations'];
const LATE: Text = ['延误工单', 'Late orders'];
const UNPLANNED: Text = ['未排入', 'Not planned'];
const CHANGED: Text = ['改动', 'What changed'];
const REASON: Text = ['原因与处理', 'Why, and the way out'];
const WARNINGS: Text = ['警告', 'Warnings'];
const MOVE: Text = ['移动', 'Move'];
const LOCK: Text = ['锁定', 'Lock'];
const UNLOCK: Text = ['解锁', 'Unlock'];
const NONE: Text = ['没有警告', 'No warnings'];

export function Component() {
  const t = useText();
  const { id = '' } = useParams();
  const plan = useRead('/api/scheduling/plans/{id}', { path: { id } });
  const at = { id };
  const [params, setParams] = useSearchParams();
  return (
    <Loaded reading={plan}>
      {data => (
        <Page
          title={t(VERSION, { version: data.version ?? data.revision ?? '' })}
          back={{ to: '/plans', name: BACK }}
          sub={dateTime(data.origin)}
          actions={<History service="scheduling" of={[['plan', id]]} />}>
          <div className="sections">
            <Facts
              schema={operationOf('get', '/api/scheduling/plans/{id}').answer!}
              record={data}
              members={[
                'mode',
                'trigger',
                'method',
                'operations',
                'lateOrders',
                'unplannedSteps',
                'weightedTardinessSeconds',
                'boundSeconds',
                'gap',
                'makespanSeconds',
                'setupSeconds',
                'workInProcessSeconds',
                'durationMs',
              ]}
            />
            <Tabs
              activeKey={params.get('tab') ?? 'operations'}
              onChange={tab => setParams({ tab }, { replace: true })}
              items={[
                {
                  key: 'operations',
                  label: t(OPERATIONS),
                  children: (
                    <DataTable
                      path="/api/scheduling/plans/{id}/operations"
                      at={at}
                      filters={['equipment', 'order']}
                      columns={[
                        'equipment',
                        {
                          member: 'order',
                          render: row => <Link to={`/orders/${row.orderId}`}>{row.order}</Link>,
                        },
                        'operation',
                        'setupStartsAt',
                        'startsAt',
                        'endsAt',
                        { member: 'waitsFor', render: row => valueOf(row.waitsFor) },
                        'isLocked',
                      ]}
                      rowKey={row => row.operationId}
                      actions={row => (
                        <>
                          <VerbButton
                            kind="text"
                            label={MOVE}
                            method="post"
                            path="/api/scheduling/moves"
                            options={{ operationId: { hidden: true } }}
                            initial={{
                              operationId: row.operationId,
                              equipment: row.equipment,
                              startsAt: row.startsAt,
                              planVersion: data.version,
                            }}
                          />
                          {row.isLocked ? (
                            <VerbButton
                              kind="text"
                              label={UNLOCK}
                              method="post"
                              path="/api/scheduling/locks/release"
                              initial={{ operationIds: [row.operationId] }}
                            />
                          ) : (
                            <VerbButton
                              kind="text"
                              label={LOCK}
                              method="post"
                              path="/api/scheduling/locks"
                              initial={{ operationIds: [row.operationId] }}
                            />
                          )}
                        </>
                      )}
                    />
                  ),
                },
                {
                  key: 'changes',
                  label: t(CHANGED),
                  children: <PlanDifference id={id} version={data.version} />,
                },
                {
                  key: 'late',
                  label: t(LATE),
                  children: (
                    <DataTable
                      path="/api/scheduling/plans/{id}/late-orders"
                      at={at}
                      columns={[
                        'order',
                        'dueAt',
                        'endsAt',
                        {
                          member: 'chain',
                          render: row =>
                            row.chain
                              .map(
                                link =>
                                  `${link.order ?? ''} ${link.operation ?? ''} · ${link.equipment} · ${valueOf(link.waitsFor)}`,
                              )
                              .join(' → '),
                        },
                      ]}
                      open={row => `/orders/${row.orderId}`}
                      rowKey={row => row.orderId}
                    />
                  ),
                },
                {
                  key: 'unplanned',
                  label: t(UNPLANNED),
                  children: (
                    <DataTable
                      path="/api/scheduling/plans/{id}/unplanned"
                      at={at}
                      columns={[
                        { member: 'order', render: row => <Link to={`/orders/${row.orderId}`}>{row.order}</Link> },
                        'operation',
                        {
                          member: 'code',
                          title: REASON,
                          render: row => (
                            <div className="unplanned-reason">
                              <strong>{t(reasonOf(row.code, row.hint))}</strong>
                              <div>{hintInWords(row.hint)}</div>
                              <Mends step={row} />
                            </div>
                          ),
                        },
                        'waiting',
                      ]}
                      rowKey={row => row.operationId}
                    />
                  ),
                },
                {
                  key: 'warnings',
                  label: t(WARNINGS),
                  children:
                    data.warnings.length === 0 ? (
                      <p className="muted">{t(NONE)}</p>
                    ) : (
                      <ul>
                        {data.warnings.map(warning => (
                          <li key={warning.code + warning.subject + warning.where}>
                            {warning.subject} · {warning.where}: {warning.hint}
                          </li>
                        ))}
                      </ul>
                    ),
                },
              ]}
            />
          </div>
        </Page>
      )}
    </Loaded>
  );
}
