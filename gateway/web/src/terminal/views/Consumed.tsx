import { useEffect, useRef, useState } from 'react';
import { number, useText, type Text } from '@/lib/text';
import * as api from '../api';
import { keepRead, keptRead } from '../queue/kept';
import { rounded } from '../queue/entries';
import { active } from '../session';

const TITLE: Text = ['消耗的批次/序列号', 'Lots and serials used up'];
const LOT: Text = ['批次', 'Lot'];
const QUANTITY: Text = ['数量 ({unit})', 'Quantity ({unit})'];
const ADD: Text = ['+ 批次', '+ Lot'];
const HINT: Text = ['扫描或选择批次；不填则自动扣料', 'Scan or choose a lot; without one it is taken by itself'];
const REMOVE: Text = ['移除 {lot}', 'Remove {lot}'];

export interface Lot {
  material: string;
  lot: string;
  quantity: number;
  unit: string;
}

interface Props {
  card: api.DispatchCard;
  pieces: number;
  scanned: { lot: string; at: number } | null;
  lots: Lot[];
  onChange: (lots: Lot[]) => void;
}

/** Which lots of the order's components went into it. */
export function Consumed({ card, pieces, scanned, lots, onChange }: Props) {
  const t = useText();
  const [parts, setParts] = useState<api.Component[]>([]);
  const [lot, setLot] = useState('');
  const [material, setMaterial] = useState('');
  const [stock, setStock] = useState<string[]>([]);
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
    if (seat === undefined || !chosen) return;
    api.lotsOf(seat, chosen.material).then(
      found => setStock([...new Set(found.filter(one => one.onHand > 0).map(one => one.lot))].slice(0, 3)),
      () => setStock([]),
    );
  }, [seat, chosen]);

  const add = (code: string) => {
    if (!chosen || !code.trim()) return;
    const share = card.quantity > 0 ? rounded((chosen.required / card.quantity) * pieces) : 0;
    const others = lots.filter(one => one.lot !== code.trim() || one.material !== chosen.material);
    onChange([...others, { material: chosen.material, lot: code.trim(), quantity: share || 1, unit: chosen.unit }]);
    setLot('');
  };
  const seen = useRef(scanned?.at);
  useEffect(() => {
    if (!scanned || scanned.at === seen.current || parts.length === 0) return;
    seen.current = scanned.at;
    add(scanned.lot);
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
          <li key={`${one.material} ${one.lot}`}>
            <span>
              {one.material} · <strong>{one.lot}</strong>
            </span>
            <input
              type="number"
              inputMode="decimal"
              min="0"
              step="any"
              aria-label={t(QUANTITY, { unit: one.unit })}
              value={one.quantity}
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
