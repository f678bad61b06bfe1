import { useEffect, useState } from 'react';
import { number, useText, type Text } from '@/lib/text';
import * as api from '../api';
import { measure, queue } from '../actions';
import { findingsOf, placeOf, pressValue, type Found } from '../checking';
import { Keypad } from '../parts';
import type { Entry } from '../queue/entries';
import { readOrKept } from '../queue/kept';
import type { Person } from '../session';
import { useStore } from '../store';
import { CheckResult } from './CheckResult';
import { Characteristics } from './Characteristics';
import { Sheet } from './Sheet';

const TITLE: Text = ['检验 {inspection}：{order} · {operation}', 'Check {inspection}: {order} · {operation}'];
const READING: Text = ['正在读取…', 'Reading…'];
const NOT_HERE: Text = [
  '没有连接，且本机没有保存此检验：恢复连接后再打开',
  'There is no connection, and this device has not kept the check: open it with a connection',
];
const OF: Text = ['{product} · 批次 {lot} · {quantity} {unit}', '{product} · lot {lot} · {quantity} {unit}'];
const IF_OUT: Text = [
  '有不合格时：判定后开立不合格品单，批次和下道工序暂停，直到质量放行。',
  'What is out of limits: the verdict opens a nonconformance and holds the lot and the next operation until quality releases them.',
];
const IS_HELD: Text = ['批次和下道工序在检验合格前暂停。', 'The lot and the next operation are held until this has passed.'];
const PIECE: Text = ['第 {piece} 件，共 {pieces} 件', 'Piece {piece} of {pieces}'];
const BEFORE: Text = ['上一件', 'Piece before'];
const AFTER: Text = ['下一件', 'Next piece'];
const NEXT: Text = ['下一项 ›', 'Next ›'];
const SIGN: Text = ['正负号', 'Plus or minus'];
const SEND: Text = ['✔ 提交 {count} 项', '✔ Send {count}'];
const SEND_PART: Text = ['提交 {count} 项(还差 {missing} 项)', 'Send {count} ({missing} missing)'];
const NOTHING: Text = ['还差 {missing} 项', '{missing} to be checked'];

interface Props {
  check: api.Check;
  person: Person;
  takeKeys: (take: ((key: string) => void) | null) => void;
  onClose: () => void;
}

/** What is measured and looked at on each sampled piece, sent in one go; then what it says, and the verdict. */
export function CheckSheet({ check, person, takeKeys, onClose }: Props) {
  const t = useText();
  const [detail, setDetail] = useState<api.Inspection | null | undefined>();
  useEffect(() => {
    void readOrKept(`inspection ${check.id}`, () => api.inspection(person.seat, check.id)).then(found =>
      setDetail(found ?? null),
    );
  }, [check.id, person.seat]);
  const { number: inspection, order, operation, product, lot, quantity, unit } = check;
  return (
    <Sheet title={t(TITLE, { inspection, order, operation })} onClose={onClose}>
      {detail === undefined && <p className="quiet">{t(READING)}</p>}
      {detail === null && <p className="bad">{t(NOT_HERE)}</p>}
      {detail && (
        <>
          <p className="quiet">{t(OF, { product, lot, quantity: number(quantity), unit })}</p>
          <Checking {...{ check, detail, takeKeys, onClose }} />
        </>
      )}
    </Sheet>
  );
}

/** What the server has of each place: of several measurements of one the last counts. */
const knownOf = ({ measurements }: api.Inspection): Found =>
  Object.fromEntries(
    measurements.map(({ sample, characteristic, value, conforms }) => [
      placeOf(sample, characteristic),
      { text: String(value ?? conforms), isProposed: true },
    ]),
  );

/** The last of its measurements that waits to be sent, or that was answered since a time. */
const sentOf = (entries: readonly Entry[], check: api.Check, since: number) =>
  entries
    .filter(({ verb, workId }) => verb === 'measure' && workId === check.id)
    .filter(({ state, sentAt }) => state === 'waiting' || (sentAt ?? 0) >= since)
    .at(-1);

function Checking({ check, detail, takeKeys, onClose }: Omit<Props, 'person'> & { detail: api.Inspection }) {
  const t = useText();
  const { plan } = detail;
  const { sampleSize } = check;
  const entries = useStore(queue.entries);
  const [since] = useState(Date.now);
  const sent = sentOf(entries, check, since);
  const proposal = (sent?.answer?.proposal as api.Proposal | undefined) ?? detail.proposal;
  const [found, setFound] = useState<Found>(() => knownOf(detail));
  const [isMeasuring, setMeasuring] = useState(proposal.verdict === null && sent?.state !== 'waiting');
  const [sample, setSample] = useState(1);
  const [at, setAt] = useState(0);
  const of = plan.characteristics[at]!;

  const put = (code: string, text: string) => setFound(now => ({ ...now, [placeOf(sample, code)]: { text, isProposed: false } }));
  const next = () => {
    const isLast = at === plan.characteristics.length - 1;
    setAt(isLast ? 0 : at + 1);
    if (isLast) setSample(sample === sampleSize ? 1 : sample + 1);
  };
  const key = (pressed: string) => {
    if (!isMeasuring || of.type === 'Attribute') return;
    if (pressed === 'Enter') return next();
    const place = placeOf(sample, of.code);
    setFound(now => ({ ...now, [place]: pressValue(now[place] ?? { text: '', isProposed: false }, pressed) }));
  };
  useEffect(() => {
    takeKeys(key);
    return () => takeKeys(null);
  });

  const again = () => {
    if (sent?.state === 'sent')
      setFound(now => Object.fromEntries(Object.entries(now).map(([place, { text }]) => [place, { text, isProposed: true }])));
    setMeasuring(true);
  };
  if (!isMeasuring) return <CheckResult {...{ check, sent, proposal, onClose }} onAgain={again} holdsLot={plan.holdsLot} />;

  const { findings, missing } = findingsOf(plan.characteristics, sampleSize, found);
  const send = () => {
    void measure(check, findings);
    setMeasuring(false);
  };
  const hasValues = plan.characteristics.some(one => one.type === 'Variable');
  return (
    <>
      <div className={hasValues ? 'check-sheet' : ''}>
        <div>
          {sampleSize > 1 && (
            <div className="row pieces-row">
              <button
                type="button"
                id="piece-before"
                aria-label={t(BEFORE)}
                disabled={sample === 1}
                onClick={() => setSample(sample - 1)}>
                ‹
              </button>
              <strong id="piece" aria-live="polite">
                {t(PIECE, { piece: sample, pieces: sampleSize })}
              </strong>
              <button
                type="button"
                id="piece-after"
                aria-label={t(AFTER)}
                disabled={sample === sampleSize}
                onClick={() => setSample(sample + 1)}>
                ›
              </button>
            </div>
          )}
          <Characteristics {...{ plan, sample, found, at }} onChoose={setAt} onLook={put} />
          <p className="quiet">
            {plan.holdsLot && t(IS_HELD)} {t(IF_OUT)}
          </p>
        </div>
        {hasValues && (
          <Keypad onKey={key}>
            <button type="button" data-key="±" aria-label={t(SIGN)} onClick={() => key('±')}>
              ±
            </button>
            <button type="button" id="next" onClick={next}>
              {t(NEXT)}
            </button>
          </Keypad>
        )}
      </div>
      <footer>
        <button type="button" className="main" id="send" disabled={findings.length === 0} onClick={send}>
          {t(findings.length === 0 ? NOTHING : missing > 0 ? SEND_PART : SEND, { count: findings.length, missing })}
        </button>
      </footer>
    </>
  );
}
