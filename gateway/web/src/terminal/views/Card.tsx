import { dateTime, number, useText, type Text } from '@/lib/text';
import { pictureOf, type Check, type DispatchCard, type WorkOnCard } from '../api';
import * as actions from '../actions';
import { clockText, useNow } from '../parts';
import type { Person } from '../session';
import { WAITS } from '@/lib/words/waits';

const RUSH: Text = ['‼ 加急', '‼ Rush'];
const READY: Text = ['✔ 可以开工', '✔ Ready'];
const AND: Text = ['、', ', '];
const WAITS_FOR: Text = ['▲ 等待：{reasons}', '▲ Waits for: {reasons}'];
const DONE: Text = ['{good} / {quantity} {unit}', '{good} of {quantity} {unit}'];
const OPEN: Text = ['待做 {open}', '{open} to do'];
const DUE: Text = ['交期', 'Due'];
const PLANNED: Text = ['计划', 'Planned'];
const FOR: Text = ['☞ 指派给 {name}', '☞ For {name}'];
const FOR_YOU: Text = ['☞ 指派给你', '☞ For you'];
const LATE: Text = ['⚠ 已过期', '⚠ Overdue'];
const START: Text = ['▶ 开工', '▶ Start'];
const START_RUN: Text = ['▶ 开始加工', '▶ Start the run'];
const SETUP: Text = ['⚒ 调试', '⚒ Setup'];
const REPORT: Text = ['✎ 报工', '✎ Report'];
const PAUSE: Text = ['‖ 暂停', '‖ Pause'];
const RESUME: Text = ['▶ 继续', '▶ Resume'];
const FINISH: Text = ['■ 结束', '■ Finish'];
const INSTRUCTION: Text = ['☷ 作业指导 {revision}', '☷ Instruction {revision}'];
const CHECKS: Text = ['◎ 待检 {count}', '◎ Checks waiting: {count}'];
const IS_SETUP: Text = ['调试', 'setup'];
const PAUSED: Text = ['‖ 暂停中', '‖ paused'];
const AT: Text = ['在 {equipment}', 'at {equipment}'];

export type Activity = 'Run' | 'Setup';

export interface Shown {
  card: DispatchCard;
  equipment: string;
  /** When its times were read, by this device's clock. */
  readAt: number;
}

interface Props extends Shown {
  person: Person;
  showsEquipment: boolean;
  /** What waits to be checked of it. */
  checks: readonly Check[];
  onReport: (work?: WorkOnCard) => void;
  onPause: (work: WorkOnCard) => void;
  /** Shows its instruction; what is named begins once it is acknowledged. */
  onInstruction: (begin?: Activity) => void;
  onCheck: (check: Check) => void;
}

/** Of the equipment here that at which the operator works, else the first. */
export const unitAt = (units: readonly string[], own: readonly Shown[]) =>
  own.find(({ equipment }) => units.includes(equipment))?.equipment ?? units[0] ?? '';

/** The operator's own work at this equipment: what goes on before what rests. */
export const ownOf = ({ card, equipment }: Shown, operator: string) =>
  card.work.find(work => work.operator === operator && work.equipment === equipment);

export function Card({
  card,
  equipment,
  readAt,
  person,
  showsEquipment,
  onReport,
  onPause,
  onInstruction,
  onCheck,
  checks,
}: Props) {
  const t = useText();
  const own = ownOf({ card, equipment, readAt }, person.code);
  const begin = (activity: Activity) =>
    card.waitsFor.includes('instruction') ? onInstruction(activity) : void actions.start(card, equipment, activity);
  const share = Math.min(1, card.quantity > 0 ? card.good / card.quantity : 0);
  const isLate = card.dueAt !== null && Date.parse(card.dueAt) < Date.now();
  const state = own ? (own.state === 'Running' ? 'running' : 'paused') : card.isReady ? 'ready' : 'waits';
  return (
    <li className={`card ${card.isReady ? 'ready' : 'waits'} ${state}`} data-order={card.order} data-operation={card.operation}>
      <div className="head">
        <h2>
          {card.order} <span className="operation">{card.operation}</span>
        </h2>
        {card.isRush && <span className="rush">{t(RUSH)}</span>}
      </div>
      <p className="product">
        {card.picture && <Picture key={card.picture} src={pictureOf(person.seat, card)} />}
        <span>{card.product}</span>
        {showsEquipment && <span className="tag">⚙ {equipment}</span>}
      </p>
      <div className="progress">
        <span className="bar" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
        <span className="figures">
          {t(DONE, { good: number(card.good), quantity: number(card.quantity), unit: card.unit })}
          <span className="quiet"> · {t(OPEN, { open: number(card.open) })}</span>
        </span>
      </div>
      <dl>
        {card.dueAt && (
          <>
            <dt>{t(DUE)}</dt>
            <dd className={isLate ? 'bad' : ''}>
              {dateTime(card.dueAt)} {isLate && t(LATE)}
            </dd>
          </>
        )}
        {card.plannedStartAt && (
          <>
            <dt>{t(PLANNED)}</dt>
            <dd>
              {dateTime(card.plannedStartAt).slice(5)}
              {card.plannedEndAt && ` – ${dateTime(card.plannedEndAt).slice(5)}`}
            </dd>
          </>
        )}
      </dl>
      <p className="state">
        {card.isReady
          ? t(READY)
          : t(WAITS_FOR, { reasons: card.waitsFor.map(reason => t(WAITS[reason] ?? [reason, reason])).join(t(AND)) })}
      </p>
      {card.assignedTo && (
        <p className="assigned" data-assigned={card.assignedTo}>
          {card.assignedTo === person.code ? t(FOR_YOU) : t(FOR, { name: card.assignedName ?? card.assignedTo })}
        </p>
      )}
      {card.work.length > 0 && <Workers work={card.work} equipment={equipment} readAt={readAt} />}
      <div className="actions">
        {!own && (
          <>
            <button type="button" className={card.isReady ? 'main start' : 'start'} onClick={() => begin('Run')}>
              {t(START)}
            </button>
            <button type="button" className="setup" onClick={() => begin('Setup')}>
              {t(SETUP)}
            </button>
            <button type="button" className="report" onClick={() => onReport()}>
              {t(REPORT)}
            </button>
          </>
        )}
        {own && own.activity === 'Setup' && (
          <button type="button" className="main start" onClick={() => begin('Run')}>
            {t(START_RUN)}
          </button>
        )}
        {own && own.activity === 'Run' && (
          <button type="button" className={own.state === 'Running' ? 'main report' : 'report'} onClick={() => onReport(own)}>
            {t(REPORT)}
          </button>
        )}
        {own?.state === 'Running' && (
          <button type="button" className="pause" onClick={() => onPause(own)}>
            {t(PAUSE)}
          </button>
        )}
        {own?.state === 'Paused' && (
          <button type="button" className="main resume" onClick={() => void actions.resume(card, own)}>
            {t(RESUME)}
          </button>
        )}
        {own && (
          <button type="button" className="finish" onClick={() => void actions.finish(card, own)}>
            {t(FINISH)}
          </button>
        )}
        {checks[0] && (
          <button type="button" className="wide checks-wait" onClick={() => onCheck(checks[0]!)}>
            {t(CHECKS, { count: checks.length })}
          </button>
        )}
        {card.instructionRevision && (
          <button type="button" className="wide instruction" onClick={() => onInstruction()}>
            {t(INSTRUCTION, { revision: card.instructionRevision })}
          </button>
        )}
      </div>
    </li>
  );
}

/** What the product looks like; nothing where it cannot be had, as without a connection. */
const Picture = ({ src }: { src: string }) => (
  <img className="thumb" src={src} alt="" loading="lazy" onError={event => (event.currentTarget.hidden = true)} />
);

/** Who works on it, with the time worked; the seconds are the server's. */
function Workers({ work, equipment, readAt }: { work: WorkOnCard[]; equipment: string; readAt: number }) {
  const t = useText();
  const now = useNow();
  return (
    <ul className="workers">
      {work.map(one => {
        const seconds = one.seconds + (one.state === 'Running' ? Math.max(0, now - readAt) / 1000 : 0);
        const more = [
          one.activity === 'Setup' && t(IS_SETUP),
          one.equipment !== equipment && t(AT, { equipment: one.equipment }),
          one.state === 'Paused' && t(PAUSED),
        ].filter(Boolean);
        return (
          <li key={one.workId} className={one.state === 'Running' ? 'goes' : 'rests'} data-operator={one.operator}>
            <span>
              {one.state === 'Running' ? '▶' : '‖'} {one.name}
              {more.length > 0 && <span className="quiet"> · {more.join(' · ')}</span>}
            </span>
            <span className="timer" data-seconds={Math.floor(seconds)}>
              {clockText(seconds)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
