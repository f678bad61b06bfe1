import { CloseOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import type { ComponentType, ReactNode } from 'react';
import { Link } from 'react-router';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { date, dateTime, number, useText, type Text } from '@/lib/text';
import { hintInWords } from '@/lib/words/hints';
import { reasonOf } from '@/lib/words/refusals';
import { Mends } from '../Mends';
import { latenessOf, stateOf } from './colouring';
import { concernsOf } from './concerns';
import type { Details } from './drag';
import type { Plan, Unit } from './plan';
import { stepOf, type Drafting } from './useDraft';
import { Chain, Why, WHY } from './Why';
import { LATENESS_NAMES, lengthOf, nameOf, STATE_NAMES } from './words';

const SHOWN: Text = ['显示', 'Shown'];
const PLAN_AGAIN: Text = ['重新排入', 'Plan again'];
const CLOSE: Text = ['关闭', 'Close'];
const NOTHING_CHOSEN: Text = ['单击一道工序，查看它为何在此。', 'Click a bar to see why it is where it is.'];
const MANY: Text = ['已选 {count} 道工序', '{count} operations chosen'];
const NONE_LATE: Text = ['没有延误的工单', 'No order is late'];
const NO_CONCERNS: Text = ['没有需要注意的', 'Nothing needs attention'];
const ALL_PLANNED: Text = ['全部已排入', 'Everything is planned'];
const DUE: Text = ['交期', 'Due'];
const ENDS: Text = ['计划完成', 'Planned end'];
const QUANTITY: Text = ['数量', 'Quantity'];
const PRODUCT: Text = ['产品', 'Product'];
const PLACE: Text = ['位置', 'Place'];
const SETUP: Text = ['换型', 'Setup'];
const STATE: Text = ['状态', 'State'];
const BY: Text = ['晚 {time}', '{time} late'];
const ALL: Text = ['查看全部', 'See all'];
const TO_ORDER: Text = ['打开工单', 'Open the order'];

export const SIDES = ['chosen', 'late', 'concerns', 'unplanned', 'moved'] as const;
export type Side = (typeof SIDES)[number];
const SIDE_NAMES: Readonly<Record<Side, Text>> = {
  chosen: ['选中', 'Chosen'],
  late: ['延误', 'Late'],
  concerns: ['注意', 'Attention'],
  unplanned: ['未排入', 'Not planned'],
  moved: ['已移动', 'Moved'],
};

interface SidePanelProps {
  side: Side;
  open: (side: Side) => void;
  close: () => void;
  planId: string;
  plan: Plan;
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
  const { open, close, drafting } = props;
  const side = props.side === 'moved' && !drafting.difference ? 'chosen' : props.side;
  const Content = CONTENTS[side];
  return (
    <aside className="board-side">
      <div className="board-sides">
        <Segmented<Side>
          size="small"
          aria-label={t(SHOWN)}
          value={side}
          onChange={open}
          options={SIDES.filter(one => one !== 'moved' || drafting.difference).map(one => ({
            value: one,
            label: t(SIDE_NAMES[one]),
          }))}
        />
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t(CLOSE)} onClick={close} />
      </div>
      <Content {...props} />
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
      <h2>
        <Link to={`/orders/${bar.orderId}`} title={t(TO_ORDER)}>
          {bar.order}
        </Link>{' '}
        · {bar.operation}
      </h2>
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
      {late.data?.next && <More planId={planId} tab="late" />}
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
          <strong>{t(reasonOf(step.code, step.hint))}</strong>
          <span>{hintInWords(step.hint)}</span>
          <Mends step={step} />
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
      {left.data?.next && <More planId={planId} tab="unplanned" />}
    </ul>
  );
}

/** The panel shows the first of a long list; the plan's page has them all. */
function More({ planId, tab }: { planId: string; tab: 'late' | 'unplanned' }) {
  const t = useText();
  return (
    <li>
      <Link to={addressOf(`/plans/${planId}`, {}, { tab })}>{t(ALL)}</Link>
    </li>
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

const CONTENTS: Readonly<Record<Side, ComponentType<SidePanelProps>>> = {
  chosen: Chosen,
  late: LateOrders,
  concerns: Concerns,
  unplanned: NotPlanned,
  moved: Moved,
};
