import { useEffect, useRef, useState } from 'react';
import { number, useText, type Text } from '@/lib/text';
import type { NamedPiece, UsedUp } from '../actions';
import * as api from '../api';
import { keepRead, keptRead } from '../queue/kept';
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
  onChange: (lots: Lot[]) => void;
  /** What was scanned is neither a lot nor a piece that could be used up. */
  onWrong: (code: string) => void;
}

const STOCK_SHOWN = 3;
/** The lots in stock of each material. */
type Stock = Readonly<Record<string, readonly string[]>>;

const readStock = async (seat: number, parts: readonly api.Component[]): Promise<Stock> =>
  Object.fromEntries(
    await Promise.all(
      parts.map(async ({ material }) => {
        const found = await api.lotsOf(seat, material);
        return [material, [...new Set(found.filter(one => one.onHand > 0).map(one => one.lot))]] as const;
      }),
    ),
  );

/** The piece of a component that has this serial number, as it is used up; null where none has, or nobody can say now. */
async function pieceAmong(seat: number, parts: readonly api.Component[], serial: string): Promise<Lot | null> {
  for (const { material, unit } of parts) {
    const piece = await api.pieceOf(seat, material, serial).catch(() => null);
    if (piece) return { material, lot: piece.lot, quantity: 1, unit, componentSerial: serial };
  }
  return null;
}

/** Which lots of the order's components went into it. */
export function Consumed({ card, pieces, named, scanned, lots, onChange, onWrong }: Props) {
  const t = useText();
  const [parts, setParts] = useState<api.Component[]>([]);
  const [lot, setLot] = useState('');
  const [material, setMaterial] = useState('');
  const [stock, setStock] = useState<Stock | null>(null);
  const seat = active()?.seat;
  useEffect(() => {
    const key = `parts ${card.order}`;
    if (seat === undefined) return;
    api
      .components(seat, card.order)
      .then(found => {
        setParts(found);
        void keepRead(key, found);
      })
      .catch(async () => setParts((await keptRead<api.Component[]>(key)) ?? []));
  }, [seat, card.order]);
  const chosen = parts.find(part => part.material === material) ?? parts[0];
  useEffect(() => {
    if (seat === undefined || parts.length === 0) return;
    readStock(seat, parts).then(setStock, () => setStock(null));
  }, [seat, parts]);

  const add = (code: string, part = chosen) => {
    if (!part || !code.trim()) return;
    const share = card.quantity > 0 ? rounded((part.required / card.quantity) * pieces) : 0;
    const others = lots.filter(one => one.lot !== code.trim() || one.material !== part.material);
    onChange([...others, { material: part.material, lot: code.trim(), quantity: share || 1, unit: part.unit }]);
    setLot('');
  };
  /** What was scanned: a lot in stock, a piece of a component, or, where stock is not known, a lot. */
  const take = async (code: string) => {
    const own = parts.find(part => stock?.[part.material]?.includes(code));
    if (own) return add(code, own);
    const built = seat === undefined ? null : await pieceAmong(seat, parts, code);
    if (built) return onChange([...lots.filter(one => one.componentSerial !== code), built]);
    if (card.isSerialized && (stock || parts.length === 0)) return onWrong(code);
    add(code);
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
        {(stock?.[chosen?.material ?? ''] ?? []).slice(0, STOCK_SHOWN).map(code => (
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
