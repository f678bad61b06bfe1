import { useEffect, useState, type ReactNode } from 'react';
import { useText, type Text } from '@/lib/text';

/** The time of now, again each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(clock);
  }, []);
  return now;
}

/** Seconds as h:mm:ss. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}

/** One of several, in large. */
export function Choices<T extends string>({
  label,
  of,
  chosen,
  onChoose,
  id,
}: {
  label: string;
  of: readonly { value: T; text: string }[];
  chosen?: T | null;
  onChoose: (value: T) => void;
  id?: string;
}) {
  return (
    <div className="choices" role="group" aria-label={label} id={id}>
      {of.map(({ value, text }) => (
        <button
          key={value}
          type="button"
          data-value={value}
          aria-pressed={chosen === undefined ? undefined : chosen === value}
          onClick={() => onChoose(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}

const KEYS = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '.', '0', 'Backspace'];
const BACKSPACE: Text = ['退格', 'Delete the last'];

export function Keypad({
  onKey,
  hasPoint = true,
  children,
}: {
  onKey: (key: string) => void;
  hasPoint?: boolean;
  children?: ReactNode;
}) {
  const t = useText();
  return (
    <div className="pad">
      {KEYS.map(key =>
        key === '.' && !hasPoint ? (
          <span key={key} />
        ) : (
          <button
            key={key}
            type="button"
            data-key={key}
            onClick={() => onKey(key)}
            aria-label={key === 'Backspace' ? t(BACKSPACE) : undefined}>
            {key === 'Backspace' ? '⌫' : key}
          </button>
        ),
      )}
      {children}
    </div>
  );
}
