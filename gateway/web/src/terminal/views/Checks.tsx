import { number, useText, type Text } from '@/lib/text';
import type { Check } from '../api';
import { queue } from '../actions';
import { checks } from '../floor';
import { here } from '../session';
import { useStore } from '../store';
import type { Shown } from './Card';

const TITLE: Text = ['待检(工序已无派工单)', 'Checks that wait, of operations without a card'];
const WAITS: Text = ['报工 {quantity} {unit}，待检', '{quantity} {unit} reported, to be checked'];
const CHECK: Text = ['◎ 检验', '◎ Check'];

/** What waits to be checked of what was made at the equipment here; not what has been judged here already. */
export function useChecks(): readonly Check[] {
  const entries = useStore(queue.entries);
  const { units } = useStore(here);
  const judged = entries.filter(({ verb, state }) => verb === 'judge' && (state === 'waiting' || state === 'sent'));
  return useStore(checks).filter(check => units.includes(check.equipment) && !judged.some(entry => entry.workId === check.id));
}

export const isCheckOf = (check: Check, { card, equipment }: Pick<Shown, 'card' | 'equipment'>) =>
  check.operationId === card.operationId && check.equipment === equipment;

interface Props {
  checks: readonly Check[];
  cards: readonly Shown[];
  onCheck: (check: Check) => void;
}

/** An operation that is done has no card; what is to be checked of it waits here. */
export function Checks({ checks: open, cards, onCheck }: Props) {
  const t = useText();
  const shown = open.filter(check => !cards.some(card => isCheckOf(check, card)));
  if (shown.length === 0) return null;
  return (
    <ul className="calls checks" id="checks" aria-label={t(TITLE)}>
      {shown.map(check => (
        <li key={check.id} data-order={check.order} data-operation={check.operation}>
          <p>
            <strong>
              ◎ {check.order} · {check.operation} · {check.equipment}
            </strong>{' '}
            <span className="quiet">{t(WAITS, { quantity: number(check.quantity), unit: check.unit })}</span>
          </p>
          <button type="button" className="check-now" onClick={() => onCheck(check)}>
            {t(CHECK)}
          </button>
        </li>
      ))}
    </ul>
  );
}
