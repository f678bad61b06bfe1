import { useEffect, useRef, useState } from 'react';
import { number, useText, type Text, type Values } from '@/lib/text';
import type { WorkOnCard } from '../api';
import { report, type NamedPiece } from '../actions';
import * as api from '../api';
import { amountOf, piecesOf, press, restOf, type Typed } from '../counting';
import { Choices, Keypad } from '../parts';
import { countOf, refusalOf, toggled } from '../pieces';
import { readOrKept } from '../queue/kept';
import { active } from '../session';
import { beep } from '../sound';
import { SCRAP_REASONS } from '../words';
import type { Shown } from './Card';
import { Consumed, type Lot } from './Consumed';
import { Pieces } from './Pieces';
import { Sheet } from './Sheet';

const TITLE: Text = ['报工：{order} · {operation}', 'Report: {order} · {operation}'];
const FIELDS = {
  good: ['合格', 'Good'],
  scrap: ['报废', 'Scrap'],
  nonconforming: ['待处理(不合格)', 'Nonconforming'],
} as const satisfies Record<string, Text>;
const COUNTERS = { from: ['计数器起始', 'Counter at the start'], to: ['计数器结束', 'Counter at the end'] } as const;
const REWORK: Text = ['↺ 返工', '↺ Rework'];
const REST: Text = ['其余', 'The rest'];
const COUNTER: Text = ['# 计数器', '# Counter'];
const COUNTED: Text = ['计数器：{count}', 'Counted: {count}'];
const NOT_COUNTED: Text = ['结束值小于起始值', 'The end lies before the start'];
const SEND: Text = ['✔ 报工', '✔ Report'];
const SEND_REST: Text = ['✔ 其余合格 {rest}', '✔ The rest, good: {rest}'];
const AND_FINISH: Text = ['■ 报工并结束', '■ Report and finish'];
const REASON: Text = ['报废原因', 'Scrap reason'];
const REASON_MISSING: Text = ['请选择报废原因', 'Choose the scrap reason'];
const STARTED: Text = ['开始时间', 'Started'];
const QUANTITIES: Text = ['数量', 'Quantities'];
const NOTHING: Text = ['请输入数量', 'Enter a quantity'];

const RESULTS = { good: 'Good', scrap: 'Scrap', nonconforming: 'Nonconforming' } as const;
type Result = keyof typeof RESULTS;
type Field = keyof typeof FIELDS | keyof typeof COUNTERS;
const EMPTY: Typed = { text: '', isProposed: false };
const toLocal = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** The pieces of the card's order that have serial numbers; the last that were read where there is no network. */
function usePieces(orderId: string): api.Piece[] {
  const [pieces, setPieces] = useState<api.Piece[]>([]);
  const seat = active()?.seat;
  useEffect(() => {
    if (seat === undefined) return;
    void readOrKept(`pieces ${orderId}`, () => api.piecesOf(seat, orderId)).then(found => setPieces(found ?? []));
  }, [seat, orderId]);
  return pieces;
}

/** The piece that a lot went into: the one that was chosen, or the only one there is. */
const intoOf = (used: Lot, named: readonly NamedPiece[]) =>
  named.length === 1 ? named[0]!.serial : named.some(one => one.serial === used.serial) ? used.serial : undefined;

interface Props {
  shown: Shown;
  work?: WorkOnCard;
  /** A lot that was scanned while the sheet is open. */
  scanned: { lot: string; at: number } | null;
  /** Takes single keys from the keyboard while the sheet is open. */
  takeKeys: (take: ((key: string) => void) | null) => void;
  onClose: () => void;
}

/** Good, scrap and its reason, nonconforming, rework and lots on one sheet; where nothing is typed the rest is good. */
export function ReportSheet({ shown: { card: listed, equipment }, work, scanned, takeKeys, onClose }: Props) {
  const t = useText();
  const [typed, setTyped] = useState<Record<Field, Typed>>({
    ...{ good: EMPTY, scrap: EMPTY, nonconforming: EMPTY, from: EMPTY, to: EMPTY },
  });
  const [field, setField] = useState<Field>('good');
  const [counts, setCounts] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const [isRework, setRework] = useState(false);
  const [lots, setLots] = useState<Lot[]>([]);
  const [named, setNamed] = useState<NamedPiece[]>([]);
  const [startedAt, setStartedAt] = useState(() => toLocal(new Date()));
  const [fault, setFault] = useState<{ text: Text; values?: Values } | null>(null);

  const key = (pressed: string) => {
    setFault(null);
    if (named.length > 0) return;
    setTyped(now => ({ ...now, [field]: press(now[field], pressed) }));
  };
  useEffect(() => {
    takeKeys(key);
    return () => takeKeys(null);
  });

  const pieces = usePieces(listed.orderId);
  // what goes on elsewhere is listed without saying it
  const card = { ...listed, isSerialized: listed.isSerialized || pieces.length > 0 };
  const names = named.length > 0;
  const resultNow = field in RESULTS ? RESULTS[field as Result] : 'Good';
  const isPiece = scanned !== null && pieces.some(one => one.serial === scanned.lot);
  const refuse = (code: string) => {
    const wrong = refusalOf(code, pieces, card.operationId, isRework);
    setFault(wrong);
    if (wrong) beep('bad');
    return wrong !== null;
  };
  const seen = useRef(scanned?.at);
  useEffect(() => {
    if (!scanned || !isPiece || scanned.at === seen.current) return;
    seen.current = scanned.at;
    if (!refuse(scanned.lot)) setNamed(now => toggled(now, { serial: scanned.lot, result: resultNow }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- each scan is taken once, as it comes
  }, [scanned, isPiece]);

  const [scrap, nonconforming] = names
    ? [countOf(named, 'Scrap'), countOf(named, 'Nonconforming')]
    : [amountOf(typed.scrap.text), amountOf(typed.nonconforming.text)];
  const rest = restOf(card.open, scrap, nonconforming);
  const counted = counts && !names ? piecesOf(typed.from.text, typed.to.text) : null;
  const isUntouched = !counts && !names && typed.good.text === '';
  const isRestAlone = isUntouched && scrap === 0 && nonconforming === 0;
  const good = names
    ? countOf(named, 'Good')
    : counts
      ? Math.max(0, (counted ?? 0) - scrap - nonconforming)
      : isRestAlone
        ? rest
        : amountOf(typed.good.text);

  const send = (ends: boolean) => {
    const wrong =
      counts && !names && counted === null
        ? NOT_COUNTED
        : good + scrap + nonconforming === 0
          ? NOTHING
          : scrap > 0 && !reason
            ? REASON_MISSING
            : null;
    setFault(wrong && { text: wrong });
    if (wrong) return;
    void report(
      card,
      equipment,
      work,
      {
        ...{ good, scrap, nonconforming, isRework, scrapReason: scrap > 0 ? reason : null },
        consumed: lots.map(used => ({ ...used, serial: intoOf(used, named) })),
        serials: named,
        startedAt: new Date(startedAt).toISOString(),
      },
      ends,
    );
    onClose();
  };

  const quantity = (name: Field, text: Text, value?: string) => (
    <button key={name} type="button" id={name} className="quantity" aria-pressed={field === name} onClick={() => setField(name)}>
      <span>{t(text)}</span>
      <strong>
        {value ?? (names && name in RESULTS ? number(countOf(named, RESULTS[name as Result])) : typed[name].text || '0')}
      </strong>
    </button>
  );
  const rested = () => setTyped(now => ({ ...now, [field]: { text: String(restFor(field)), isProposed: true } }));
  const restFor = (name: Field) =>
    restOf(
      card.open,
      ...(['good', 'scrap', 'nonconforming'] as const).filter(one => one !== name).map(one => amountOf(typed[one].text)),
    );
  return (
    <Sheet title={t(TITLE, { order: card.order, operation: card.operation })} onClose={onClose}>
      <div className="report-sheet">
        <div>
          <div className="quantities" role="group" aria-label={t(QUANTITIES)}>
            {counts && !names
              ? (Object.keys(COUNTERS) as (keyof typeof COUNTERS)[]).map(name => quantity(name, COUNTERS[name]))
              : quantity('good', FIELDS.good, isUntouched && isRestAlone ? `(${number(rest)})` : undefined)}
            {quantity('scrap', FIELDS.scrap)}
            {quantity('nonconforming', FIELDS.nonconforming)}
          </div>
          {counts && !names && (
            <p className="state" id="counted">
              {counted === null
                ? t(NOT_COUNTED)
                : `${t(COUNTED, { count: number(counted) })} → ${t(FIELDS.good)} ${number(good)}`}
            </p>
          )}
          {card.isSerialized && (
            <Pieces
              {...{ card, pieces, isRework, named }}
              result={resultNow}
              onChange={now => {
                setFault(null);
                setNamed(now);
              }}
            />
          )}
          {scrap > 0 && (
            <>
              <h3>{t(REASON)}</h3>
              <Choices
                id="reason"
                label={t(REASON)}
                of={Object.entries(SCRAP_REASONS).map(([value, text]) => ({ value, text: t(text) }))}
                chosen={reason}
                onChoose={chosen => {
                  setReason(chosen);
                  setFault(null);
                }}
              />
            </>
          )}
          <div className="row">
            <button type="button" id="rework" aria-pressed={isRework} onClick={() => setRework(!isRework)}>
              {t(REWORK)} {isRework ? '☑' : '☐'}
            </button>
            <button
              type="button"
              id="counter"
              aria-pressed={counts}
              onClick={() => {
                setCounts(!counts);
                setField(counts ? 'good' : 'from');
              }}>
              {t(COUNTER)} {counts ? '☑' : '☐'}
            </button>
          </div>
          {!work && (
            <label>
              {t(STARTED)}
              <input
                id="startedAt"
                type="datetime-local"
                value={startedAt}
                max={toLocal(new Date())}
                onChange={event => event.target.value && setStartedAt(event.target.value)}
              />
            </label>
          )}
          <Consumed
            card={card}
            pieces={good + scrap + nonconforming}
            named={named}
            scanned={isPiece ? null : scanned}
            lots={lots}
            onChange={setLots}
            onWrong={refuse}
          />
        </div>
        <div>
          <Keypad onKey={key}>
            <button type="button" data-key="+1" onClick={() => key('+1')}>
              +1
            </button>
            <button type="button" data-key="+10" onClick={() => key('+10')}>
              +10
            </button>
            <button type="button" id="rest" onClick={rested} disabled={counts || names}>
              {t(REST)} {number(counts ? rest : restFor(field))}
            </button>
          </Keypad>
        </div>
      </div>
      <p className="fault" role="alert">
        {fault && `✖ ${t(fault.text, fault.values)}`}
      </p>
      <footer>
        <button type="button" className="main" id="send" onClick={() => send(false)}>
          {isRestAlone ? t(SEND_REST, { rest: `${number(rest)} ${card.unit}` }) : t(SEND)}
        </button>
        {work && (
          <button type="button" className="main" id="send-finish" onClick={() => send(true)}>
            {t(AND_FINISH)}
          </button>
        )}
      </footer>
    </Sheet>
  );
}
