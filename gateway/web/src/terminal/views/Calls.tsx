import { useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';
import type { AndonCall } from '../api';
import { answerCall, queue } from '../actions';
import { calls } from '../floor';
import { clockText, useNow } from '../parts';
import { isOfCall, type Entry } from '../queue/entries';
import { here, nameOf, type Person } from '../session';
import { useStore } from '../store';

const OPEN_CALLS: Text = ['未关闭的呼叫', 'Open calls for help'];
const NOT_SENT: Text = ['◷ 尚未发出', '◷ not sent yet'];
const WAITS: Text = ['已呼叫{role}', 'called: {role}'];
const COMES: Text = ['✔ {name} 正在赶来', '✔ {name} comes'];
const I_COME: Text = ['✔ 我去处理', '✔ I come'];
const DONE: Text = ['■ 已解决', '■ Dealt with'];
const TAKE_BACK: Text = ['↶ 撤回', '↶ Take back'];

/** Who waits for help at the chosen equipment, for how long, and who comes. */
export function Calls({ person }: { person: Person }) {
  const t = useText();
  const now = useNow();
  const { units } = useStore(here);
  const entries = useStore(queue.entries);
  const shown = withEntries(useStore(calls), entries).filter(call => units.includes(call.equipment));
  const answers = person.permissions.includes('equipment.answer');
  if (shown.length === 0) return null;
  return (
    <ul className="calls" id="calls" aria-label={t(OPEN_CALLS)}>
      {shown.map(call => (
        <li key={call.id} data-call={call.kind} data-status={call.status}>
          <p>
            <strong>
              ☎ {call.equipment} · {valueOf(call.kind)}
            </strong>{' '}
            <span className="timer">{clockText((now - Date.parse(call.calledAt)) / 1000)}</span>
            <span className="quiet"> · {call.calledBy} · </span>
            {call.acknowledgedBy
              ? t(COMES, { name: call.acknowledgedBy })
              : call.role
                ? t(WAITS, { role: valueOf(call.role) })
                : t(NOT_SENT)}
          </p>
          {answers && call.role && !call.acknowledgedBy && (
            <button type="button" className="come" onClick={() => void answerCall('come', call.id, call)}>
              {t(I_COME)}
            </button>
          )}
          {answers && call.role && (
            <button type="button" className="resolve" onClick={() => void answerCall('resolve', call.id, call)}>
              {t(DONE)}
            </button>
          )}
          {(call.calledBy === person.name || answers) && (
            <button
              type="button"
              className="take-back"
              onClick={() => queue.takeBack(call.id) || void answerCall('takeBackCall', call.id, call)}>
              {t(TAKE_BACK)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

type Shown = Pick<AndonCall, 'id' | 'equipment' | 'calledBy' | 'calledAt' | 'acknowledgedBy' | 'status'> & {
  kind: string;
  /** Who is called; none while the call has not arrived. */
  role: string;
};

/** The calls as they will be once everything has arrived. */
function withEntries(known: readonly AndonCall[], entries: readonly Entry[]): Shown[] {
  const waiting = entries.filter(entry => entry.state === 'waiting' && isOfCall(entry));
  const begun = waiting
    .filter(entry => entry.verb === 'call' && !known.some(call => call.id === entry.id))
    .map(({ id, about, operator, at }) => ({
      ...{ id, equipment: about.equipment ?? '', kind: about.kind ?? '', calledBy: nameOf(operator), calledAt: at },
      ...{ acknowledgedBy: null, status: 'Called' as const, role: '' },
    }));
  return [...begun, ...known].flatMap(call => {
    const own = waiting.filter(entry => entry.workId === call.id);
    if (own.some(entry => entry.verb !== 'come')) return [];
    const comes = own.find(entry => entry.verb === 'come');
    return [comes ? { ...call, acknowledgedBy: nameOf(comes.operator) } : call];
  });
}
