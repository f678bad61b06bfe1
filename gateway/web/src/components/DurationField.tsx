import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { durationOf, parseDuration, writtenDuration } from '@/lib/duration';

interface DurationFieldProps {
  id?: string;
  label: string;
  value: number | null;
  onChange: (seconds: number | null) => void;
  /** What holds where nothing is typed; then nothing may stand here. */
  otherwise?: number | string;
  isShort?: boolean;
}

/** A time typed as people write it. Beside it stands how it is understood. */
export function DurationField({ id, label, value, onChange, otherwise, isShort = false }: DurationFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    // Undone, or another record: what was typed is over
    setTyped(before => (before !== null && Object.is(understood(before), value) ? before : null));
  }, [value]);
  const isOptional = otherwise !== undefined;
  const isWrong = Number.isNaN(value);
  const text = typed ?? (value === null || isWrong ? '' : writtenDuration(value));
  const placeholder = typeof otherwise === 'number' ? writtenDuration(otherwise) : otherwise;
  return (
    <Input
      id={id}
      aria-label={label}
      aria-invalid={isWrong}
      status={isWrong ? 'error' : undefined}
      value={text}
      placeholder={placeholder}
      suffix={value !== null && !isShort && !isWrong ? <span className="muted">{durationOf(value)}</span> : undefined}
      title={value !== null && !isWrong ? durationOf(value) : undefined}
      onChange={event => {
        setTyped(event.target.value);
        const isEmpty = isOptional && event.target.value.trim() === '';
        onChange(isEmpty ? null : understood(event.target.value));
      }}
      onBlur={() => !isWrong && setTyped(null)}
    />
  );
}

/** What is no time is not a number, which the check of the draft refuses: nothing else than what is seen is saved. */
const understood = (typed: string) => parseDuration(typed) ?? NaN;
