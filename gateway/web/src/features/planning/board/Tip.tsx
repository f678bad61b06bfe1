import { dateTime, number, percent, useText, type Text } from '@/lib/text';
import { durationOf } from '@/lib/duration';
import { valueOf } from '@/lib/words/words';
import { latenessOf, stateOf } from './colouring';
import type { Load } from './load';
import type { Bar } from './plan';
import { LATENESS_NAMES, lengthOf, nameOf, STATE_NAMES } from './words';

const SETUP: Text = ['换型 {length}', 'Setup {length}'];
const RUN: Text = ['加工 {length}', 'Run {length}'];
const DUE: Text = ['交期 {due}', 'Due {due}'];
const WAITS: Text = ['等待：{what}', 'Waits for: {what}'];
const OF: Text = ['{product} · {quantity}', '{product} · {quantity}'];
const BUSY: Text = ['占用 {busy}，开班 {open}', '{busy} of {open} open'];
const FIRST_MS = 1000;

interface TipProps {
  bar: Bar | null;
  load: Load | null;
  x: number;
  y: number;
}

/** What is under the pointer, in a few lines; the panel says the rest. */
export function Tip({ bar, load, x, y }: TipProps) {
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
