import { useMemo, useState } from 'react';
import { dateTime, useText, type Text } from '@/lib/text';
import type { HandoverNote } from '../api';
import * as actions from '../actions';
import { units as knownUnits } from '../floor';
import { centersHere, openNotes } from '../handover';
import { Choices } from '../parts';
import { here, type Person } from '../session';
import { useStore } from '../store';
import { Sheet } from './Sheet';

const TITLE: Text = ['交接班', 'Shift handover'];
const NOTHING: Text = ['没有未确认的记录', 'Nothing is left to acknowledge'];
const KNOWN: Text = ['✔ 已知悉', '✔ I know'];
const OWN: Text = ['由接班人确认', 'The next shift acknowledges it'];
const WRITE: Text = ['写给下一班', 'Tell the next shift'];
const CENTER: Text = ['工作中心', 'Work center'];
const SEND: Text = ['⇄ 交给下一班', '⇄ Hand over'];
const NO_CENTER: Text = ['所选设备没有工作中心', 'The equipment chosen here has no work center'];
const TEXT_MAX = 4000;

/** The open notes of the work centers here, less those that are being acknowledged. */
export function useNotesHere(): HandoverNote[] {
  const all = useStore(openNotes);
  const known = useStore(knownUnits);
  const now = useStore(here);
  const entries = useStore(actions.queue.entries);
  return useMemo(() => {
    const taken = new Set(entries.filter(one => one.verb === 'takeOver' && one.state !== 'refused').map(one => one.workId));
    return all.filter(note => centersHere().includes(note.workCenter) && !taken.has(note.id));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- which work centers are here follows from both
  }, [all, known, now, entries]);
}

/** What the shift before has left, to be acknowledged, and what is to be left to the next. */
export function HandoverSheet({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText();
  const notes = useNotesHere();
  const centers = centersHere();
  const [center, setCenter] = useState(centers[0] ?? '');
  const [text, setText] = useState('');
  const send = () => {
    void actions.handOver(center, text.trim());
    onClose();
  };
  return (
    <Sheet title={t(TITLE)} onClose={onClose}>
      {notes.length === 0 && <p className="quiet">{t(NOTHING)}</p>}
      <ul className="notes" id="notes">
        {notes.map(note => (
          <li key={note.id}>
            <div>
              <p className="quiet">
                {note.workCenter} · {note.writtenBy} · {dateTime(note.writtenAt)}
              </p>
              <p className="written">{note.text}</p>
            </div>
            {note.writer === person.code ? (
              <span className="quiet">{t(OWN)}</span>
            ) : (
              <button type="button" className="main" onClick={() => void actions.takeOver(note)}>
                {t(KNOWN)}
              </button>
            )}
          </li>
        ))}
      </ul>
      {centers.length === 0 ? (
        <p className="quiet">{t(NO_CENTER)}</p>
      ) : (
        <>
          {centers.length > 1 && (
            <Choices label={t(CENTER)} of={centers.map(value => ({ value, text: value }))} chosen={center} onChoose={setCenter} />
          )}
          <label className="wide">
            {t(WRITE)}
            <textarea id="note" rows={4} maxLength={TEXT_MAX} value={text} onChange={event => setText(event.target.value)} />
          </label>
          <footer>
            <button type="button" className="main" id="hand-over" disabled={text.trim() === ''} onClick={send}>
              {t(SEND)}
            </button>
          </footer>
        </>
      )}
    </Sheet>
  );
}
