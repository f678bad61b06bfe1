import { useEffect } from 'react';
import { useText, type Text } from '@/lib/text';
import { notesOf, said, undo, undoable } from '../actions';
import { useNow } from '../parts';
import { useStore } from '../store';
import { notesText, problemOf, refusalText, VERBS } from '../words';

const DID: Text = ['{verb}:{what}', '{verb}: {what}'];
const UNDO: Text = ['↶ 撤销({seconds})', '↶ Undo ({seconds})'];
const SEEN: Text = ['✓ 知道了', '✓ Seen'];
const IS_BADGE: Text = ['▣ 这是我的工牌', '▣ It is my badge'];
const SAID_MS = 8_000;

/** What was done last, to be taken back for a while; it lies over the bottom of the screen. */
export function UndoBar() {
  const t = useText();
  const offered = useStore(undoable);
  const now = useNow();
  if (!offered || offered.until <= now) return null;
  const { verb, about } = offered.entry;
  const what = [about.order, about.operation ?? about.equipment, about.pieces && `+${about.pieces.good}`]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className="undo-bar" role="status">
      <span>✔ {t(DID, { verb: t(VERBS[verb]), what })}</span>
      <button type="button" id="undo" onClick={() => void undo(offered)}>
        {t(UNDO, { seconds: Math.ceil((offered.until - now) / 1000) })}
      </button>
    </div>
  );
}

/** A word on what came of something; a refusal stays until it is seen. */
export function Message({ onBadge }: { onBadge?: (code: string) => void }) {
  const t = useText();
  const word = useStore(said);
  useEffect(() => {
    if (!word || word.kind === 'bad') return;
    const timer = setTimeout(() => said.get() === word && said.set(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [word]);
  const text = word && wordsOf();
  return (
    <div id="message" role="status" aria-live="polite" className={word?.kind ?? ''}>
      {word && (
        <>
          <p>
            {{ ok: '✔', note: '⚠', bad: '✖' }[word.kind]} {text}
          </p>
          {word.badge && onBadge && (
            <button type="button" id="is-badge" onClick={() => onBadge(word.badge!)}>
              {t(IS_BADGE)}
            </button>
          )}
          <button type="button" id="seen" onClick={() => said.set(null)}>
            {t(SEEN)}
          </button>
        </>
      )}
    </div>
  );

  function wordsOf() {
    const { entry, text: own, values } = word!;
    if (own) return t(own, values);
    const problem = entry && problemOf(entry);
    const what = entry && t(DID, { verb: t(VERBS[entry.verb]), what: entry.about.order ?? entry.about.equipment ?? '' });
    return `${what} – ${problem ? refusalText(problem) : notesText(notesOf(entry!))}`;
  }
}
