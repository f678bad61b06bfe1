import { useState } from 'react';
import { serverClock } from '@/lib/api/client';
import { number, timeOfDay, useText, type Text } from '@/lib/text';
import { valueOf as saidOf } from '@/lib/words/words';
import { notesOf, queue, reportAlone } from '../actions';
import { heldBy, type Entry } from '../queue/entries';
import { isClockOff } from '../queue/queue';
import { nameOf } from '../session';
import { useStore } from '../store';
import type { Proposal } from '../api';
import { notesText, problemOf, proposalText, refusalText, VERBS, whatToDo } from '../words';

const TITLE: Text = ['本机的录入', 'Entries of this terminal'];
const RULES: Text = [
  '每道工序按顺序发送，以服务器时间为准；被拒绝的一直保留，直到您确认。',
  'Those of an operation are sent in their order; the server’s time counts. What is refused stays until you have seen it.',
];
const NONE: Text = ['没有录入', 'There are none'];
const SEND: Text = ['⟳ 立即发送', '⟳ Send now'];
const AGAIN: Text = ['↻ 再次发送', '↻ Send again'];
const ALONE: Text = ['✎ 单独报工', '✎ Report by itself'];
const SEEN: Text = ['✓ 已阅', '✓ Seen'];
const BACK: Text = ['返回', 'Back'];
const STATES = {
  waiting: ['◷ 等待发送', '◷ Waits to be sent'],
  sent: ['✔ 已到达', '✔ Arrived'],
  refused: ['✖ 被拒绝', '✖ Refused'],
  takenBack: ['↶ 已收回，未发送', '↶ Taken back, never sent'],
  dismissed: ['✖ 被拒绝(已阅)', '✖ Refused (seen)'],
} as const satisfies Record<string, Text>;
const WAITS_FOR_PERSON: Text = ['{name} 须重新登录', '{name} has to sign on again'];
const WAITS_FOR_START: Text = ['其开工被拒绝，请先处理', 'Its start was refused: see to that first'];
const PIECES: Text = [
  '合格 {good}，报废 {scrap}，待处理 {nonconforming} {unit}',
  '{good} good, {scrap} scrap, {nonconforming} nonconforming {unit}',
];
const CLOCK: Text = [
  '⚠ 本机时钟与服务器相差 {minutes} 分钟，时间已自动校正',
  '⚠ The clock of this device is off by {minutes} minutes; times are put right',
];
const MORE: Text = ['⋯ 再显示 {count} 条（还有 {rest} 条）', '⋯ {count} more ({rest} not shown)'];
const PAGE_SIZE = 50;

/** Everything that was done here with what came of it; what is to be seen to first. */
export function QueuePage({ onBack }: { onBack: () => void }) {
  const t = useText();
  const entries = useStore(queue.entries);
  const [shownMax, setShownMax] = useState(PAGE_SIZE);
  const rank = { refused: 0, waiting: 1, sent: 2, takenBack: 2, dismissed: 2 };
  const shown = [...entries].sort(
    (a, b) => rank[a.state] - rank[b.state] || (a.state === 'waiting' ? a.seq - b.seq : b.seq - a.seq),
  );
  const rest = shown.length - shownMax;
  return (
    <section>
      <div className="row spread">
        <div>
          <h1>{t(TITLE)}</h1>
          <p className="quiet">{t(RULES)}</p>
        </div>
        <button type="button" id="send-now" onClick={() => queue.wake()}>
          {t(SEND)}
        </button>
        <button type="button" id="back" onClick={onBack}>
          {t(BACK)}
        </button>
      </div>
      {isClockOff() && (
        <p className="warn" id="clock">
          {t(CLOCK, { minutes: number(Math.round(Math.abs(serverClock.aheadMs) / 60_000)) })}
        </p>
      )}
      {shown.length === 0 && <p className="quiet">{t(NONE)}</p>}
      <ul className="entries" id="entries">
        {shown.slice(0, shownMax).map(entry => (
          <Row key={entry.id} entry={entry} entries={entries} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" id="more" onClick={() => setShownMax(shownMax + PAGE_SIZE)}>
          {t(MORE, { count: number(Math.min(rest, PAGE_SIZE)), rest: number(rest) })}
        </button>
      )}
    </section>
  );
}

function Row({ entry, entries }: { entry: Entry; entries: readonly Entry[] }) {
  const t = useText();
  const { about, state } = entry;
  const problem = problemOf(entry);
  const held = state === 'waiting' && heldBy(entry, entries);
  const isAbsent = state === 'waiting' && queue.isAbsent(entry.operator);
  const pieces = about.pieces && { ...about.pieces, good: number(about.pieces.good), scrap: number(about.pieces.scrap) };
  const proposal = entry.answer?.proposal as Proposal | undefined;
  const what = [about.inspection, about.order, about.operation, about.equipment].filter(Boolean).join(' · ');
  return (
    <li className={`entry ${state}`} data-state={state} data-verb={entry.verb}>
      <div>
        <p>
          <strong>{t(VERBS[entry.verb])}</strong> {what}
        </p>
        {pieces && <p>{t(PIECES, { ...pieces, nonconforming: number(Number(pieces.nonconforming)) })}</p>}
        <p className="quiet">
          {timeOfDay(entry.at)} · {nameOf(entry.operator)}
        </p>
      </div>
      <div>
        <p className="result">{t(STATES[state])}</p>
        {problem && state !== 'sent' && (
          <>
            <p className="bad">{refusalText(problem)}</p>
            <p>{whatToDo(problem)}</p>
          </>
        )}
        {state === 'sent' && proposal && <p>{proposalText(proposal)}</p>}
        {state === 'sent' && entry.verb === 'judge' && <p>{saidOf(String(entry.body.verdict))}</p>}
        {state === 'sent' && notesOf(entry).length > 0 && <p className="warn">{notesText(notesOf(entry))}</p>}
        {held && <p className="warn">{t(WAITS_FOR_START)}</p>}
        {isAbsent && <p className="warn">{t(WAITS_FOR_PERSON, { name: nameOf(entry.operator) })}</p>}
      </div>
      {state === 'refused' && (
        <div className="row">
          <button type="button" className="again" onClick={() => queue.again(entry.id)}>
            {t(AGAIN)}
          </button>
          {entry.verb === 'report' && entry.problem?.code === 'work-not-found' && (
            <button type="button" className="alone" onClick={() => reportAlone(entry)}>
              {t(ALONE)}
            </button>
          )}
          <button type="button" className="seen" onClick={() => queue.dismiss(entry.id)}>
            {t(SEEN)}
          </button>
        </div>
      )}
    </li>
  );
}
