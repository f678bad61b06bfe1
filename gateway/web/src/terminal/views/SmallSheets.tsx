import { useText, type Text } from '@/lib/text';
import type { WorkOnCard } from '../api';
import { finish, pause, signOff } from '../actions';
import { Choices } from '../parts';
import type { Person } from '../session';
import { PAUSE_REASONS } from '../words';
import type { Shown } from './Card';
import { Sheet } from './Sheet';

const PAUSE_TITLE: Text = ['为什么暂停？', 'Why does it rest?'];
const OFF_TITLE: Text = ['签退：{name}', 'Sign off: {name}'];
const GOES_ON: Text = ['还有 {count} 项作业未结束：', '{count} pieces of work are not ended:'];
const END_ALL: Text = ['■ 全部结束并签退', '■ End them and sign off'];
const ONLY: Text = ['⇥ 仅签退', '⇥ Sign off only'];
const OFF: Text = ['⇥ 签退', '⇥ Sign off'];

/** Few large buttons; the reason is kept as its code. */
export function PauseSheet({ shown, work, onClose }: { shown: Shown; work: WorkOnCard; onClose: () => void }) {
  const t = useText();
  return (
    <Sheet title={t(PAUSE_TITLE)} onClose={onClose}>
      <Choices
        id="pause-reasons"
        label={t(PAUSE_TITLE)}
        of={Object.entries(PAUSE_REASONS).map(([value, text]) => ({ value, text: t(text) }))}
        onChoose={reason => {
          void pause(shown.card, work, reason);
          onClose();
        }}
      />
    </Sheet>
  );
}

/** Work that nobody ends is ended by the server and marked; who signs off is asked before. */
export function SignOffSheet({ person, own, onClose }: { person: Person; own: [Shown, WorkOnCard][]; onClose: () => void }) {
  const t = useText();
  const go = async (ends: boolean) => {
    onClose();
    if (ends) for (const [shown, work] of own) await finish(shown.card, work);
    await signOff(person.code);
  };
  return (
    <Sheet title={t(OFF_TITLE, { name: person.name })} onClose={onClose}>
      {own.length > 0 && (
        <>
          <p>{t(GOES_ON, { count: own.length })}</p>
          <ul>
            {own.map(([{ card, equipment }, work]) => (
              <li key={work.workId}>
                {card.order} · {card.operation} · {equipment}
              </li>
            ))}
          </ul>
        </>
      )}
      <footer>
        {own.length > 0 && (
          <button type="button" className="main" id="end-all" onClick={() => void go(true)}>
            {t(END_ALL)}
          </button>
        )}
        <button type="button" className={own.length > 0 ? '' : 'main'} id="off" onClick={() => void go(false)}>
          {t(own.length > 0 ? ONLY : OFF)}
        </button>
      </footer>
    </Sheet>
  );
}
