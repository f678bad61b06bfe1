import { useEffect, useRef, type ReactNode } from 'react';
import { useText, type Text } from '@/lib/text';
import { Message } from './Notices';

const CLOSE: Text = ['关闭', 'Close'];

/** A sheet over the screen, with what is to be said meanwhile; Escape and a button close it. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby="sheet-title"
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}>
      <header>
        <h2 id="sheet-title">{title}</h2>
        <button type="button" id="close" onClick={onClose} aria-label={t(CLOSE)}>
          ✕
        </button>
      </header>
      <Message />
      {children}
    </dialog>
  );
}
