import { number, useText, type Text } from '@/lib/text';
import type { NamedPiece } from '../actions';
import type { DispatchCard, Piece } from '../api';
import { isOpen, toggled } from '../pieces';

const TITLE: Text = ['序列号', 'Serial numbers'];
const HINT: Text = ['扫描或点选单件；数量随所选单件', 'Scan or choose the pieces: the quantities follow them'];
const NONE: Text = ['此工单还没有序列号', 'No piece of this order has a serial number yet'];
const NONE_OPEN: Text = ['没有可报的单件', 'No piece is left to report here'];
const ALL: Text = ['全部 ({count})', 'All ({count})'];
const CLEAR: Text = ['清除', 'Clear'];
const MARKS = { Good: '✔', Scrap: '✖', Nonconforming: '?' } as const;

interface Props {
  card: DispatchCard;
  pieces: readonly Piece[];
  isRework: boolean;
  /** What is said of the next piece that is chosen. */
  result: NamedPiece['result'];
  named: readonly NamedPiece[];
  onChange: (named: NamedPiece[]) => void;
}

/** The pieces of an order whose product is tracked by serial number, to be named in the report. */
export function Pieces({ card, pieces, isRework, result, named, onChange }: Props) {
  const t = useText();
  const open = pieces.filter(piece => isOpen(piece, card.operationId, isRework));
  const rest = open.filter(piece => !named.some(one => one.serial === piece.serial));
  return (
    <fieldset className="pieces" id="pieces">
      <legend>{t(TITLE)}</legend>
      <p className="quiet">{t(pieces.length === 0 ? NONE : open.length === 0 ? NONE_OPEN : HINT)}</p>
      <div className="choices" role="group" aria-label={t(TITLE)}>
        {open.map(({ serial }) => {
          const said = named.find(one => one.serial === serial)?.result;
          return (
            <button
              key={serial}
              type="button"
              data-serial={serial}
              aria-pressed={said !== undefined}
              onClick={() => onChange(toggled(named, { serial, result }))}>
              {said && `${MARKS[said]} `}
              {serial}
            </button>
          );
        })}
      </div>
      {open.length > 0 && (
        <div className="row">
          {rest.length > 0 && (
            <button
              type="button"
              id="all-pieces"
              onClick={() => onChange([...named, ...rest.map(({ serial }) => ({ serial, result }))])}>
              {t(ALL, { count: number(rest.length) })}
            </button>
          )}
          {named.length > 0 && (
            <button type="button" id="no-pieces" onClick={() => onChange([])}>
              {t(CLEAR)}
            </button>
          )}
        </div>
      )}
    </fieldset>
  );
}
