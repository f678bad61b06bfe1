import { Button, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { History } from '@/components/History';
import { Loaded, Page, Section } from '@/components/Page';
import { ProblemAlert } from '@/components/Problem';
import { Tag } from '@/components/Value';
import { VerbButton } from '@/components/VerbButton';
import { useRead, useReads, useVerb } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { RunStrip } from './runs/RunStrip';
import { useRun } from './runs/useRun';
import { changeInWords, fateOf, type Change, type Fate, type NamesById } from './scenario';
import { ScenarioChangeMenu } from './ScenarioChangeMenu';
import { ScenarioCompare } from './ScenarioCompare';

const BACK: Text = ['方案', 'Scenarios'];
const CHANGES: Text = ['更改', 'Changes'];
const COMPARED: Text = ['与现行计划比较', 'Beside the plan in force'];
const PLAN: Text = ['排程', 'Plan'];
const UNDO: Text = ['撤销', 'Undo'];
const COPY: Text = ['复制', 'Copy'];
const PROMOTE: Text = ['采用', 'Promote'];
const DISCARD: Text = ['放弃', 'Discard'];
const CANCEL: Text = ['取消', 'Cancel'];
const NO_CHANGES: Text = ['还没有更改', 'Nothing is changed yet'];
const ASK: Text = ['采用方案“{name}”？', 'Promote the scenario “{name}”?'];
const WHAT: Text = [
  '方案的计划会按现在的情况调整，成为现行计划，车间立即按它派工。',
  'The plan of the scenario is brought up to what is known now and put in force: the floor works by it at once.',
];
const FATES: Readonly<Record<Fate, Text>> = {
  taken: ['随计划一起生效：', 'Taken over with the plan:'],
  needed: [
    '须先在设备、日历或工艺路线中实际具备，否则不能采用：',
    'Must really be there first, in the equipment, its calendar or the routings, or it is refused:',
  ],
  left: [
    '只是假设，不会更改工单或设备；需要时请另行办理（新工单不会进入计划）：',
    'Only supposed: no order and no equipment is changed by it. Do it yourself where it is meant (a new order is not in the plan):',
  ],
};

/** What would be if: changes, the plan that follows from them, and that in force beside it. */
export function Component() {
  const t = useText();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const at = { id };
  const scenario = useRead('/api/scheduling/scenarios/{id}', { path: at });
  const following = useRun(id);
  const [isPromoting, setIsPromoting] = useState(false);
  const steps = scenario.data?.changes;
  const changes = useMemo(() => steps?.map(step => step.change) ?? [], [steps]);
  const names = useNames(changes);
  return (
    <Loaded reading={scenario}>
      {data => (
        <Page
          title={data.name}
          back={{ to: '/scenarios', name: BACK }}
          sub={<Tag value={data.status} />}
          actions={
            <>
              {data.status === 'Draft' && (
                <>
                  <ScenarioChangeMenu id={id} />
                  <VerbButton label={UNDO} method="post" path="/api/scheduling/scenarios/{id}/undo" at={at} />
                  <PlanButton id={id} onAsked={following.follow} />
                  <PromoteButton onClick={() => setIsPromoting(true)} />
                </>
              )}
              <VerbButton
                label={COPY}
                method="post"
                path="/api/scheduling/scenarios"
                initial={{ copyOf: id }}
                options={{ copyOf: { hidden: true } }}
                onDone={made => void navigate(`/scenarios/${made.id}`)}
              />
              {data.status === 'Draft' && (
                <VerbButton label={DISCARD} method="post" path="/api/scheduling/scenarios/{id}/discard" at={at} />
              )}
              <History service="scheduling" of={[['scenario', id, data.name]]} />
            </>
          }>
          <RunStrip following={following} />
          <div className="sections">
            <Section title={CHANGES}>
              <div className="sheet padded scenario-changes">
                {data.changes.length === 0 ? (
                  <p className="muted">{t(NO_CHANGES)}</p>
                ) : (
                  <ol>
                    {data.changes.map((step, n) => (
                      <li key={n}>{changeInWords(step.change, names)}</li>
                    ))}
                  </ol>
                )}
              </div>
            </Section>
            <Section title={COMPARED}>
              <ScenarioCompare id={id} />
            </Section>
          </div>
          {isPromoting && (
            <Promote id={id} name={data.name} changes={changes} names={names} close={() => setIsPromoting(false)} />
          )}
        </Page>
      )}
    </Loaded>
  );
}

/** What the orders of changes are called; a new one goes by its product. */
function useNames(changes: readonly Change[]): NamesById {
  const placed = useMemo(
    () => new Map(changes.filter(one => one.kind === 'AddOrder').map(one => [one.orderId!, one.product!])),
    [changes],
  );
  const asked = [...new Set(changes.flatMap(one => one.orderId ?? []))].filter(id => !placed.has(id));
  const orders = useReads(
    '/api/work-orders/orders/{id}',
    asked.map(id => ({ path: { id } })),
  );
  const pinned = [...new Set(changes.flatMap(one => one.operationId ?? []))];
  const plans = useRead('/api/scheduling/plans', { query: { size: 1 } }, pinned.length > 0);
  const plan = plans.data?.items[0]?.id ?? '';
  const lines = useReads(
    '/api/scheduling/plans/{id}/operations/{operationId}',
    plan === '' ? [] : pinned.map(operationId => ({ path: { id: plan, operationId } })),
  );
  return useMemo(
    () =>
      new Map([
        ...placed,
        ...orders.data.map(order => [order.id, order.order] as const),
        ...lines.data.map(({ chain }) => [chain[0]?.operationId ?? '', `${chain[0]?.order} · ${chain[0]?.operation}`] as const),
      ]),
    [placed, orders.data, lines.data],
  );
}

function PlanButton({ id, onAsked }: { id: string; onAsked: (run: string) => void }) {
  const t = useText();
  const may = useMay();
  const plan = useVerb('post', '/api/scheduling/scenarios/{id}/plan');
  if (!may('post', '/api/scheduling/scenarios/{id}/plan')) return null;
  return (
    <Button
      type="primary"
      loading={plan.isPending}
      onClick={() => plan.mutate({ path: { id } }, { onSuccess: asked => onAsked(asked.runId) })}>
      {t(PLAN)}
    </Button>
  );
}

function PromoteButton({ onClick }: { onClick: () => void }) {
  const t = useText();
  const may = useMay();
  return may('post', '/api/scheduling/scenarios/{id}/promote') ? <Button onClick={onClick}>{t(PROMOTE)}</Button> : null;
}

interface PromoteProps {
  id: string;
  name: string;
  changes: readonly Change[];
  names: NamesById;
  close: () => void;
}

/** Says before it is done what becomes of each change. */
function Promote({ id, name, changes, names, close }: PromoteProps) {
  const t = useText();
  const navigate = useNavigate();
  const promote = useVerb('post', '/api/scheduling/scenarios/{id}/promote');
  const inForce = useRead('/api/scheduling/plans', { query: { size: 1 } });
  const version = inForce.data?.items[0]?.version ?? null;
  return (
    <Modal
      open
      title={t(ASK, { name })}
      okText={t(PROMOTE)}
      cancelText={t(CANCEL)}
      confirmLoading={promote.isPending}
      okButtonProps={{ disabled: !inForce.data }}
      onCancel={close}
      onOk={() => promote.mutate({ path: { id }, body: { planVersion: version } }, { onSuccess: () => void navigate('/board') })}>
      <p>{t(WHAT)}</p>
      {(['needed', 'taken', 'left'] as const).map(fate => {
        const own = changes.filter(change => fateOf(change) === fate);
        return (
          own.length > 0 && (
            <div key={fate}>
              <strong>{t(FATES[fate])}</strong>
              <ul>
                {own.map((change, n) => (
                  <li key={n}>{changeInWords(change, names)}</li>
                ))}
              </ul>
            </div>
          )
        );
      })}
      {promote.error && <ProblemAlert problem={promote.error} />}
    </Modal>
  );
}
