import type { ReactNode } from 'react';
import { useText, type Text } from '@/lib/text';

/** A field with its name above and what is wrong below. */
export function Labelled({
  label,
  error,
  help,
  id,
  children,
}: {
  label: Text;
  error?: Text;
  help?: ReactNode;
  id?: string;
  children: ReactNode;
}) {
  const t = useText();
  return (
    <div className="labelled">
      <label htmlFor={id}>{t(label)}</label>
      {children}
      <Wrong error={error} />
      {help && <div className="muted small">{help}</div>}
    </div>
  );
}

export function Wrong({ error }: { error?: Text }) {
  const t = useText();
  return error ? (
    <div className="wrong-cell small" role="alert">
      {t(error)}
    </div>
  ) : null;
}
