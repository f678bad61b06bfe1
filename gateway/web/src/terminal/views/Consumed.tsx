import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { number, useText, type Text } from '@/lib/text';
import type { NamedPiece, UsedUp } from '../actions';
import * as api from '../api';
import { readOrKept } from '../queue/kept';
import { rounded } from '../queue/entries';
import { active } from '../session';

const TITLE: Text = ['消耗的批次/序列号', 'Lots and serials used up'];
const LOT: Text = ['批次', 'Lot'];
const QUANTITY: Text = ['数量 ({unit})', 'Quantity ({unit})'];
const ADD: Text = ['+ 批次', '+ Lot'];
const HINT: Text = ['扫描或选择批次；不填则自动扣料', 'Scan or choose a lot; without one it is taken by itself'];
const INTO: Text = ['{lot} 装入哪一件', 'Which piece {lot} went into'];
const INTO_ANY: Text = ['不指定单件', 'No piece in particular'];
const REMOVE: Text = ['移除 {lot}', 'Remove {lot}'];

export type Lot = UsedUp;

interface Props {
  card: api.DispatchCard;
  pieces: number;
  /** The pieces that the report names: what is used up may have gone into one of them. */
  named: readonly NamedPiece[];
  scanned: { lot: string; at: number } | null;
  lots: Lot[];
  onChange: Dispatch<SetStateAction<Lot[]>>;
  /** What was scanned is neither a lot nor a piece that could be used up. */
  onWrong: (code: string) => void;
}

/**
 * What a code that was scanned is among the order's components: a lot, or a piece by its serial number; null where it is
 * neither, and undefined where nobody can say now.
 */
async function usedBy(seat: number, parts: readonly api.Component[], code: string) {
  try {
    const [lots, pieces] = await Promise.all([api.lotsNamed(seat, code), api.piecesNamed(seat, code)]);
    const part = parts.find(({ material }) => lots.some(one => one.lot === code && one.material === material));
    if (part) return { part };
    const built = parts.find(({ material }) => pieces.some(one => one.serial === code && one.product === material));
    if (!built) return null;
    const { lot } = await api.pieceOf(seat, built.material, code);
    return { piece: { material: built.material, lot, quantity: 1, unit: built.unit, componentSerial: code } };
  } catch {
    return undefined;
  }
}

/** Which lots of the order's components went into it. */
export function Consumed({ card, pieces, named, scanned, lots, onChange, onWrong }: Props) {
  const t = useText();
  const [parts, setParts] = useState<api.Component[]>([]);
  const [lot, setLot] = useState('');
  const [material, setMaterial] = useState('');
  const [stock, setStock] = useState<string[]>([]);
  const seat = active()?.seat;
  useEffect(() => {
    if (seat === undefined) return;
    void readOrKept(`parts ${card.order}`, () => api.components(seat, card.order)).then(found => setParts(found ?? []));
  }, [seat, card.order]);
  const chosen = parts.find(part => part.material === material) ?? parts[0];
  useEffect(() => {
    if (seat === undefined || !chosen) return;
    api.lotsOf(seat, chosen.material).then(
      found => setStock([...new Set(found.filter(one => one.onHand > 0).map(one => one.lot))].slice(0, 3)),
      () => setStock([]),
    );
  }, [seat, chosen]);

  const add = (code: string, part = chosen) => {
    if (!part || !code.trim()) return;
    const share = card.quantity > 0 ? rounded((part.required / card.quantity) * pieces) : 0;
    const [{ material, unit }, name] = [part, code.trim()];
    onChange(now => [
      ...now.filter(one => one.lot !== name || one.material !== material),
      { material, lot: name, quantity: share || 1, unit },
    ]);
    setLot('');
  };
  const take = async (code: string) => {
    const used = seat === undefined ? undefined : await usedBy(seat, parts, code);
    const piece = used?.piece;
    if (piece) return onChange(now => [...now.filter(one => one.componentSerial !== code), piece]);
    if (used === null && card.isSerialized) return onWrong(code);
    add(code, used?.part);
  };
  const seen = useRef(scanned?.at);
  useEffect(() => {
    if (!scanned || scanned.at === seen.current) return;
    if (parts.length === 0 && !card.isSerialized) return;
    seen.current = scanned.at;
    void take(scanned.lot);
  });
  if (parts.length === 0) return null;
  return (
    <fieldset className="consumed">
      <legend>{t(TITLE)}</legend>
      <p className="quiet">{t(HINT)}</p>
      {parts.length > 1 && (
        <div className="choices" role="group" aria-label={t(TITLE)}>
          {parts.map(part => (
            <button key={part.material} type="button" aria-pressed={part === chosen} onClick={() => setMaterial(part.material)}>
              {part.material}
            </button>
          ))}
        </div>
      )}
      <div className="row">
        <input
          id="lot"
          autoComplete="off"
          maxLength={64}
          aria-label={`${t(LOT)} ${chosen?.material}`}
          placeholder={`${t(LOT)} ${chosen?.material}`}
          value={lot}
          onChange={event => setLot(event.target.value)}
          onKeyDown={event => event.key === 'Enter' && add(lot)}
        />
        <button type="button" id="add-lot" onClick={() => add(lot)}>
          {t(ADD)}
        </button>
        {stock.map(code => (
          <button key={code} type="button" onClick={() => add(code)}>
            {code}
          </button>
        ))}
      </div>
      <ul className="lots">
        {lots.map(one => (
          <li key={`${one.material} ${one.lot} ${one.componentSerial ?? ''}`}>
            <span>
              {one.material} · <strong>{one.componentSerial ?? one.lot}</strong>
            </span>
            {named.length > 1 && (
              <select
                aria-label={t(INTO, { lot: one.componentSerial ?? one.lot })}
                value={one.serial ?? ''}
                onChange={({ target: { value } }) =>
                  onChange(lots.map(other => (other === one ? { ...one, serial: value || undefined } : other)))
                }>
                <option value="">{t(INTO_ANY)}</option>
                {named.map(({ serial }) => (
                  <option key={serial} value={serial}>
                    → {serial}
                  </option>
                ))}
              </select>
            )}
            <input
              type="number"
              inputMode="decimal"
              min="0"
              step="any"
              aria-label={t(QUANTITY, { unit: one.unit })}
              value={one.quantity}
              disabled={one.componentSerial !== undefined}
              onChange={event =>
                onChange(lots.map(other => (other === one ? { ...one, quantity: Number(event.target.value) } : other)))
              }
            />
            <span>{one.unit}</span>
            <button
              type="button"
              aria-label={t(REMOVE, { lot: one.lot })}
              onClick={() => onChange(lots.filter(other => other !== one))}>
              ✕
            </button>
          </li>
        ))}
      </ul>
      {chosen && lots.length === 0 && (
        <p className="quiet">
          {chosen.material}: {number(chosen.issued)} / {number(chosen.required)} {chosen.unit}
        </p>
      )}
    </fieldset>
  );
}
