import { dateTime, useText, type Text } from '@/lib/text';
import { durationOf } from '@/lib/duration';
import { valueOf } from '@/lib/words/words';
import type { Details } from './drag';
import type { Bar } from './plan';

export const WHY: Text = ['为何在此', 'Why here'];
const FREE: Text = ['没有什么推迟它', 'Nothing holds it back'];
const ON: Text = ['可用设备', 'Can be done on'];
const NEEDS: Text = ['还需要', 'Needs besides'];

/** Why an operation is where it is, where else it can be done, and what it needs. */
export function Why({ bar, details, jump }: { bar: Bar; details: Details; jump: (id: string) => void }) {
  const t = useText();
  return (
    <>
      <h3>{t(WHY)}</h3>
      {details.chain.length === 1 && bar.waitsFor === 'Nothing' ? (
        <p className="muted">{t(FREE)}</p>
      ) : (
        <Chain links={details.chain} jump={jump} />
      )}
      {details.times.length > 0 && (
        <>
          <h3>{t(ON)}</h3>
          <ul className="plain">
            {details.times.map(time => (
              <li key={time.equipment}>
                {time.equipment}: {durationOf(Math.round((time.setupSeconds + time.runSeconds) / 60) * 60)}
              </li>
            ))}
          </ul>
        </>
      )}
      {details.resources.length > 0 && (
        <>
          <h3>{t(NEEDS)}</h3>
          <ul className="plain">
            {details.resources.map(need => (
              <li key={need.resource}>
                {need.quantity} × {need.resource}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface Cause {
  operationId: string;
  order: string | null;
  operation: string | null;
  equipment: string;
  startsAt: string;
  endsAt: string;
  waitsFor: string;
}

/** From the last to the first: each waits for the one below it. */
export function Chain({ links, jump }: { links: readonly Cause[]; jump: (id: string) => void }) {
  return (
    <ol className="board-chain">
      {links.map(link => (
        <li key={link.operationId}>
          <button type="button" className="as-link" onClick={() => jump(link.operationId)}>
            {link.order} · {link.operation}
          </button>
          <span className="muted">
            {link.equipment} · {dateTime(link.startsAt)} – {dateTime(link.endsAt)}
          </span>
          <span>{valueOf(link.waitsFor, 'waitsFor')}</span>
        </li>
      ))}
    </ol>
  );
}
