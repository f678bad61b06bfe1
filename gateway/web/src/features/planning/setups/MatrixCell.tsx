import { useState, type KeyboardEvent } from 'react';
import { cellOf, writtenOf, type Cell } from './matrix';

interface MatrixCellProps {
  label: string;
  cell: Cell | undefined;
  /** What holds where nothing is typed. */
  otherwise: number;
  /** Why it is no time. */
  wrong: string;
  at: readonly [row: number, column: number];
  isReadOnly: boolean;
  set: (cell: Cell | undefined) => void;
  paste: (text: string) => void;
  go: (row: number, column: number) => void;
}

/** A time of a matrix: typed as people write it, left by the arrows and Enter as in a spreadsheet. */
export function MatrixCell({ label, cell, otherwise, wrong, at: [row, column], isReadOnly, set, paste, go }: MatrixCellProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    if (typed !== null) set(cellOf(typed));
    setTyped(null);
  };
  const isWrong = typed === null && typeof cell === 'string';
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const isWhole = selectionStart === 0 && selectionEnd === value.length;
    const isAt = (place: number) => isWhole || (selectionStart === place && selectionEnd === place);
    const step = stepOf(event);
    if (event.key === 'Escape') setTyped(null);
    else if ((event.ctrlKey || event.metaKey) && typed !== null)
      event.stopPropagation(); // undoes the typing only
    else if (step && (step[1] === 0 || isAt(step[1] < 0 ? 0 : value.length))) {
      event.preventDefault();
      take(); // at the edge there is no cell to go to
      go(row + step[0], column + step[1]);
    }
  };
  return (
    <input
      className="matrix-cell"
      data-at={`${row},${column}`}
      aria-label={label}
      aria-invalid={isWrong}
      title={isWrong ? wrong : label}
      readOnly={isReadOnly}
      value={typed ?? writtenOf(cell)}
      placeholder={writtenOf(otherwise)}
      autoComplete="off"
      onFocus={event => event.currentTarget.select()}
      onChange={event => setTyped(event.target.value)}
      onKeyDown={onKey}
      onBlur={take}
      onPaste={event => {
        const text = event.clipboardData.getData('text/plain');
        if (isReadOnly || !/[\t\n]/.test(text.trimEnd())) return;
        event.preventDefault();
        setTyped(null);
        paste(text);
      }}
    />
  );
}

function stepOf({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): readonly [number, number] | null {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === 'Enter') return [shiftKey ? -1 : 1, 0];
  if (shiftKey) return null;
  return key === 'ArrowUp'
    ? [-1, 0]
    : key === 'ArrowDown'
      ? [1, 0]
      : key === 'ArrowLeft'
        ? [0, -1]
        : key === 'ArrowRight'
          ? [0, 1]
          : null;
}
