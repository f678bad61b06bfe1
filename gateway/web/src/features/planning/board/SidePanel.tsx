import { CloseOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useRead } from '@/lib/api/hooks';
import { date, dateTime, number, useText, type Text } from '@/lib/text';
import { durationOf } from '@/lib/duration';
import { hintInWords } from '@/lib/words/hints';
import { valueOf } from '@/lib/words/words';
import { latenessOf, stateOf } from './colouring';
import { concernsOf } from './concerns';
import type { Details } from './drag';
import type { Bar, Plan, Unit } from './plan';
import { stepOf, type Drafting } from './useDraft';
import { LATENESS_NAMES, lengthOf, nameOf, STATE_NAMES } from './words';

const CHOSEN: Text = ['选中', 'Chosen'];
const LATE: Text = ['延误', 'Late'];
const CONCERNS: Text = ['注意', 'Attention'];
const UNPLANNED: Text = ['未排入', 'Not planned'];
const MOVED: Text = ['已移动', 'Moved'];
const PLAN_AGAIN: Text = ['重新排入', 'Plan again'];
const CLOSE: Text = ['关闭', 'Close'];
const NOTHING_CHOSEN: Text = ['单击一道工序，查看它为何在此。', 'Click a bar to see why it is where it is.'];
const MANY: Text = ['已选 {count} 道工序', '{count} operations chosen'];
const NONE_LATE: Text = ['没有延误的工单', 'No order is late'];
const NO_CONCERNS: Text = ['没有需要注意的', 'Nothing needs attention'];
const ALL_PLANNED: Text = ['全部已排入', 'Everything is planned'];
const WHY: Text = ['为何在此', 'Why here'];
const FREE: Text = ['没有什么推迟它', 'Nothing holds it back'];
const ON: Text = ['可用设备', 'Can be done on'];
const NEEDS: Text = ['还需要', 'Needs besides'];
const DUE: Text = ['交期', 'Due'];
const ENDS: Text = ['计划完成', 'Planned end'];
const QUANTITY: Text = ['数量', 'Quantity'];
const PRODUCT: Text = ['产品', 'Product'];
const PLACE: Text = ['位置', 'Place'];
const SETUP: Text = ['换型', 'Setup'];
const STATE: Text = ['状态', 'State'];
const BY: Text = ['晚 {time}', '{time} late'];
const TO_ORDER: Text = ['打开工单', 'Open the order'];

export const SIDES = ['chosen', 'late', 'concerns', 'unplanned', 'moved'] as const;
export type Side = (typeof SIDES)[number];

interface SidePanelProps {
  side: Side;
  open: (side: Side) => void;
  close: () => void;
  planId: string;
  plan: Plan;
  tick: number;
  units: readonly Unit[];
  now: number;
  chosen: readonly string[];
  details: Details | null;
  jump: (id: string) => void;
  drafting: Drafting;
  /** What can be done with what is chosen. */
  verbs: ReactNode;
}

/** What is chosen and why it is there; what is late, needs attention or is not planned, each a click away from its bar. */
export function SidePanel(props: SidePanelProps) {
  const t = useText();
  const { side, open, close } = props;
  return (
    <aside className="board-side">
      <Tabs
        size="small"
        activeKey={side === 'moved' && !props.drafting.difference ? 'chosen' : side}
        onChange={key => open(key as Side)}
        tabBarExtraContent={<Button type="text" size="small" icon={<CloseOutlined />} aria-label={t(CLOSE)} onClick={close} />}
        items={[
          { key: 'chosen', label: t(CHOSEN), children: <Chosen {...props} /> },
          { key: 'late', label: t(LATE), children: <LateOrders {...props} /> },
          { key: 'concerns', label: t(CONCERNS), children: <Concerns {...props} /> },
          { key: 'unplanned', label: t(UNPLANNED), children: <NotPlanned {...props} /> },
          ...(props.drafting.difference ? [{ key: 'moved', label: t(MOVED), children: <Moved {...props} /> }] : []),
        ]}
      />
    </aside>
  );
}

function Chosen({ plan, chosen, details, jump, verbs }: SidePanelProps) {
  const t = useText();
  const bar = chosen.length === 1 ? plan.bars.get(chosen[0]!) : undefined;
  if (chosen.length > 1)
    return (
      <>
        <p>{t(MANY, { count: chosen.length })}</p>
        {verbs}
      </>
    );
  if (!bar) return <p className="muted">{t(NOTHING_CHOSEN)}</p>;
  const facts: [Text, ReactNode][] = [
    [PRODUCT, bar.product],
    [QUANTITY, `${number(bar.quantity * bar.done)} / ${number(bar.quantity)}`],
    [PLACE, `${bar.equipment} · ${dateTime(new Date(bar.start))} – ${dateTime(new Date(bar.end))}`],
    ...(bar.start > bar.setup ? ([[SETUP, lengthOf(bar.setup, bar.start)]] as [Text, ReactNode][]) : []),
    ...(bar.due === null
      ? []
      : ([[DUE, `${dateTime(new Date(bar.due))} · ${t(LATENESS_NAMES[latenessOf(bar)])}`]] as [Text, ReactNode][])),
    [STATE, t(STATE_NAMES[stateOf(bar)])],
  ];
  return (
    <>
      <h3>
        <Link to={`/orders/${bar.orderId}`} title={t(TO_ORDER)}>
          {bar.order}
        </Link>{' '}
        · {bar.operation}
      </h3>
      {verbs}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name[1]}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {details && <Why bar={bar} details={details} jump={jump} />}
    </>
  );
}

function Why({ bar, details, jump }: { bar: Bar; details: Details; jump: (id: string) => void }) {
  const t = useText();
  return (
    <>
      <h4>{t(WHY)}</h4>
      {details.chain.length === 1 && bar.waitsFor === 'Nothing' ? (
        <p className="muted">{t(FREE)}</p>
      ) : (
        <Chain links={details.chain} jump={jump} />
      )}
      {details.times.length > 0 && (
        <>
          <h4>{t(ON)}</h4>
          <ul className="plain">
            {details.times.map(time => (
              <li key={time.equipment}>
                {time.equipment}: {durationOf(Math.round((time.setupSeconds + time.runSeconds) / 60) * 60)}
              </li>
            ))}
          </ul>
        </>
      )}
      {details.resources.length > 0 && (
        <>
          <h4>{t(NEEDS)}</h4>
          <ul className="plain">
            {details.resources.map(need => (
              <li key={need.resource}>
                {need.quantity} × {need.resource}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface Cause {
  operationId: string;
  order: string | null;
  operation: string | null;
  equipment: string;
  startsAt: string;
  endsAt: string;
  waitsFor: string;
}

/** From the last to the first: each waits for the one below it. */
function Chain({ links, jump }: { links: readonly Cause[]; jump: (id: string) => void }) {
  return (
    <ol className="board-chain">
      {links.map(link => (
        <li key={link.operationId}>
          <button type="button" className="as-link" onClick={() => jump(link.operationId)}>
            {link.order} · {link.operation}
          </button>
          <span className="muted">
            {link.equipment} · {dateTime(link.startsAt)} – {dateTime(link.endsAt)}
          </span>
          <span>{valueOf(link.waitsFor, 'waitsFor')}</span>
        </li>
      ))}
    </ol>
  );
}

function LateOrders({ planId, jump }: SidePanelProps) {
  const t = useText();
  const late = useRead('/api/scheduling/plans/{id}/late-orders', { path: { id: planId }, query: { size: 100 } });
  if (late.data?.items.length === 0) return <p className="muted">{t(NONE_LATE)}</p>;
  return (
    <ul className="board-list">
      {late.data?.items.map(order => (
        <li key={order.orderId}>
          <button type="button" className="as-link" onClick={() => jump(order.chain[0]!.operationId)}>
            {order.order}
          </button>
          <span className="late">{t(BY, { time: lengthOf(Date.parse(order.dueAt), Date.parse(order.endsAt)) })}</span>
          <span className="muted">
            {t(DUE)} {date(order.dueAt)} · {t(ENDS)} {dateTime(order.endsAt)}
          </span>
          <details>
            <summary>{t(WHY)}</summary>
            <Chain links={order.chain} jump={jump} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function Concerns({ plan, units, now, jump }: SidePanelProps) {
  const t = useText();
  const concerns = concernsOf(plan, units, now);
  if (concerns.length === 0) return <p className="muted">{t(NO_CONCERNS)}</p>;
  return (
    <ul className="board-list">
      {concerns.map(({ bar, why }) => (
        <li key={bar.id + why[1]}>
          <button type="button" className="as-link" onClick={() => jump(bar.id)}>
            {nameOf(bar)}
          </button>
          <span>{t(why)}</span>
          <span className="muted">
            {bar.equipment} · {dateTime(new Date(bar.start))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function NotPlanned({ planId, drafting }: SidePanelProps) {
  const t = useText();
  const left = useRead('/api/scheduling/plans/{id}/unplanned', { path: { id: planId }, query: { size: 100 } });
  if (left.data?.items.length === 0) return <p className="muted">{t(ALL_PLANNED)}</p>;
  return (
    <ul className="board-list">
      {left.data?.items.map(step => (
        <li key={step.operationId}>
          <Link to={`/orders/${step.orderId}`}>
            {step.order} · {step.operation}
          </Link>
          <span>{hintInWords(step.hint)}</span>
          {step.code === 'taken-out' && drafting.mayMove && (
            <Button
              size="small"
              disabled={drafting.isBusy}
              onClick={() => void drafting.take(stepOf('PlanAgain', { operationIds: [step.operationId] }))}>
              {t(PLAN_AGAIN)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the last change moved: the dashed frames on the board are where it was. */
function Moved({ drafting, plan, jump }: SidePanelProps) {
  return (
    <ul className="board-list">
      {drafting.difference?.moved.map(move => {
        const bar = plan.bars.get(move.operationId);
        return (
          <li key={move.operationId}>
            <button type="button" className="as-link" onClick={() => jump(move.operationId)}>
              {bar ? nameOf(bar) : ''}
            </button>
            <span className="muted">
              {move.fromEquipment} · {dateTime(move.fromStart)} → {move.toEquipment} · {dateTime(move.toStart)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
