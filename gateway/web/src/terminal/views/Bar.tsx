import { useAppearance } from '@/lib/appearance';
import { languageNow, switchLanguage, useText, type Text } from '@/lib/text';
import { queue } from '../actions';
import { activate, here, isHere } from '../session';
import { useStore } from '../store';
import { useNotesHere } from './HandoverSheet';

const LANGUAGE: Text = ['English', '中文'];
const COLOURS: Text = ['◐ 明暗', '◐ Colours'];
const SIGN_OFF: Text = ['⇥ 签退', '⇥ Sign off'];
const ADD: Text = ['+ 上岗', '+ Sign on'];
const CALL: Text = ['☎ 呼叫', '☎ Call'];
const STOP: Text = ['■ 停机', '■ Stop'];
const HANDOVER: Text = ['⇄ 交接班', '⇄ Handover'];
const HANDOVER_OPEN: Text = ['⇄ 交接班 ({count})', '⇄ Handover ({count})'];
const PEOPLE: Text = ['谁在工作', 'Who works'];
const TITLE: Text = ['生产终端', 'Production terminal'];
const ENTRIES: Text = ['☰ 录入', '☰ Entries'];
const WAITING: Text = ['◷ {count} 条待发', '◷ {count} waiting'];
const REFUSED: Text = ['✖ {count} 条被拒', '✖ {count} refused'];
const AWAY: Text = ['⚡ 没有连接', '⚡ No connection'];

interface Props {
  onAdd: () => void;
  onQueue: () => void;
  onCall: () => void;
  onStop: () => void;
  onSignOff: () => void;
  onHandover: () => void;
}

/** Who is here, switched by one tap; what waits; how it looks. */
export function Bar({ onAdd, onQueue, onCall, onStop, onSignOff, onHandover }: Props) {
  const t = useText();
  const { people, active } = useStore(here);
  const { switchAppearance } = useAppearance();
  const notes = useNotesHere();
  const present = people.filter(isHere);
  return (
    <header id="bar">
      <div className="people" role="group" aria-label={t(PEOPLE)}>
        {present.length === 0 && <span className="who">{t(TITLE)}</span>}
        {present.map(person => (
          <button
            key={person.code}
            type="button"
            className="person"
            data-person={person.code}
            aria-pressed={person.code === active}
            onClick={() => activate(person.code)}>
            {person.code === active ? '☻ ' : ''}
            {person.name}
            {person.isAbsent && ' ⚠'}
          </button>
        ))}
        {present.length > 0 && (
          <button type="button" id="add-person" onClick={onAdd}>
            {t(ADD)}
          </button>
        )}
      </div>
      <Waiting onQueue={onQueue} />
      {active && (
        <button type="button" id="handover" className={notes.length > 0 ? 'warn' : ''} onClick={onHandover}>
          {notes.length > 0 ? t(HANDOVER_OPEN, { count: notes.length }) : t(HANDOVER)}
        </button>
      )}
      {active && (
        <button type="button" id="call" className="call" onClick={onCall}>
          {t(CALL)}
        </button>
      )}
      {active && (
        <button type="button" id="stop" className="alarm" onClick={onStop}>
          {t(STOP)}
        </button>
      )}
      <button type="button" id="language" onClick={() => switchLanguage(languageNow() === 'en' ? 'zh-CN' : 'en')}>
        {t(LANGUAGE)}
      </button>
      <button type="button" id="colours" onClick={switchAppearance}>
        {t(COLOURS)}
      </button>
      {active && (
        <button type="button" id="sign-out" onClick={onSignOff}>
          {t(SIGN_OFF)}
        </button>
      )}
    </header>
  );
}

function Waiting({ onQueue }: { onQueue: () => void }) {
  const t = useText();
  const entries = useStore(queue.entries);
  const isReached = useStore(queue.isReached);
  const waiting = entries.filter(entry => entry.state === 'waiting').length;
  const refused = entries.filter(entry => entry.state === 'refused').length;
  const text = [
    !isReached && t(AWAY),
    waiting > 0 && t(WAITING, { count: waiting }),
    refused > 0 && t(REFUSED, { count: refused }),
  ].filter(Boolean);
  const kind = refused > 0 ? 'bad' : waiting > 0 || !isReached ? 'warn' : '';
  return (
    <button type="button" id="queue" className={kind} data-waiting={waiting} data-refused={refused} onClick={onQueue}>
      {text.length ? text.join(' · ') : t(ENTRIES)}
    </button>
  );
}
