import { dateTime, number, percent, useText, type Text } from '@/lib/text';
import { durationOf } from '@/lib/duration';
import { valueOf } from '@/lib/words/words';
import { latenessOf, stateOf } from './colouring';
import type { Under } from './canvas';
import type { Planned, Worked } from './past';
import { LATENESS_NAMES, lengthOf, nameOf, STATE_NAMES } from './words';

const SETUP: Text = ['换型 {length}', 'Setup {length}'];
const RUN: Text = ['加工 {length}', 'Run {length}'];
const DUE: Text = ['交期 {due}', 'Due {due}'];
const WAITS: Text = ['等待：{what}', 'Waits for: {what}'];
const OF: Text = ['{product} · {quantity}', '{product} · {quantity}'];
const BUSY: Text = ['占用 {busy}，开班 {open}', '{busy} of {open} open'];
const FIRST_MS = 1000;

const WAS_PLANNED: Text = ['计划：{equipment} · {from} – {to}', 'Planned: {equipment} · {from} – {to}'];
const WAS_WORKED: Text = ['实际：{equipment} · {from} – {to}', 'Actual: {equipment} · {from} – {to}'];
const UNDER_WAY: Text = ['加工中', 'Under way'];

interface TipProps extends Under {
  x: number;
  y: number;
}

/** What is under the pointer, in a few lines; the panel says the rest. */
export function Tip({ bar, load, past, x, y }: TipProps) {
  const t = useText();
  return (
    <div className="board-tip" style={{ left: x + 14, top: y + 16 }} aria-hidden>
      {bar && (
        <>
          <strong>{nameOf(bar)}</strong>
          <span>{t(OF, { product: bar.product, quantity: number(bar.quantity) })}</span>
          <span>
            {bar.equipment} · {dateTime(new Date(bar.start))} – {dateTime(new Date(bar.end))}
          </span>
          <span>
            {bar.start > bar.setup && `${t(SETUP, { length: lengthOf(bar.setup, bar.start) })} · `}
            {t(RUN, { length: lengthOf(bar.start, bar.end) })}
          </span>
          {bar.due !== null && (
            <span>
              {t(DUE, { due: dateTime(new Date(bar.due)) })} · {t(LATENESS_NAMES[latenessOf(bar)])}
            </span>
          )}
          <span>
            {t(STATE_NAMES[stateOf(bar)])}
            {bar.waitsFor !== 'Nothing' && ` · ${t(WAITS, { what: valueOf(bar.waitsFor, 'waitsFor') })}`}
          </span>
        </>
      )}
      {past && ('line' in past ? <OfPlanned {...past} /> : <OfWorked {...past} />)}
      {load && (
        <>
          <strong>{load.open > 0 ? percent(load.busy / load.open) : '–'}</strong>
          <span>
            {dateTime(new Date(load.from))} – {dateTime(new Date(load.to))}
          </span>
          <span>
            {t(BUSY, {
              busy: durationOf(Math.round(load.busy / FIRST_MS)),
              open: durationOf(Math.round(load.open / FIRST_MS)),
            })}
          </span>
        </>
      )}
    </div>
  );
}

const span = (equipment: string | null, from: string | number, to: string | number) => ({
  equipment: equipment ?? '',
  from: dateTime(new Date(from)),
  to: dateTime(new Date(to)),
});

function OfPlanned({ line }: Planned) {
  const t = useText();
  return (
    <>
      <strong>
        {line.order} · {line.operation}
      </strong>
      <span>{t(WAS_PLANNED, span(line.equipment, line.startsAt, line.endsAt))}</span>
      {line.workedFrom !== null && line.workedTo !== null && (
        <span>{t(WAS_WORKED, span(line.workedEquipment, line.workedFrom, line.workedTo))}</span>
      )}
      <span>{valueOf(line.outcome, 'outcome')}</span>
    </>
  );
}

function OfWorked(worked: Worked) {
  const t = useText();
  return (
    <>
      <strong>{nameOf(worked)}</strong>
      <span>{worked.product}</span>
      <span>{t(WAS_WORKED, span(worked.equipment, worked.start, worked.end))}</span>
      {worked.isUnderWay && <span>{t(UNDER_WAY)}</span>}
    </>
  );
}
