import dayjs from 'dayjs';
import { Link } from 'react-router';
import { Section } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { spanOf, titleOf } from '@/lib/duration';
import { useMay } from '@/lib/session';
import { number, percent, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const TODAY: Text = ['今日', 'Today'];
const UNITS: Text = ['今日设备', 'Equipment today'];
const OEE: Text = ['设备综合效率', 'OEE'];
const NOTHING: Text = ['今天还没有报工', 'Nothing was reported today yet'];
const STATES = ['runMinutes', 'setupMinutes', 'breakdownMinutes', 'notReportedMinutes'] as const;
const MINUTE_S = 60;

const windowOfToday = () => ({ from: dayjs().startOf('day').toISOString(), to: dayjs().endOf('day').toISOString() });

/** What was made today, and how the equipment spent its time; each figure leads to what it is made of. */
export function Today() {
  const t = useText();
  const may = useMay();
  const query = windowOfToday();
  const work = useRead('/api/work-orders/summary', { query }, may('get', '/api/work-orders/summary'));
  const oee = useRead('/api/equipment/oee', { query }, may('get', '/api/equipment/oee'));
  const pieces = ['good', 'scrap', 'nonconforming'] as const;
  return (
    <>
      {work.data && (
        <Section title={TODAY}>
          <div className="tiles">
            {pieces.map(member => (
              <div className="tile" key={member}>
                <div className="muted">{t(nameOf(member))}</div>
                <div className="figure">{number(work.data[member])}</div>
              </div>
            ))}
            {oee.data && (
              <Link className="tile" to={addressOf('/oee', {}, query)}>
                <div className="muted">{t(OEE)}</div>
                <div className="figure">{oee.data.figures.oee.value === null ? '–' : percent(oee.data.figures.oee.value)}</div>
              </Link>
            )}
          </div>
        </Section>
      )}
      {may('get', '/api/equipment/summary') && <EquipmentToday query={query} />}
    </>
  );
}

function EquipmentToday({ query }: { query: { from: string; to: string } }) {
  const t = useText();
  const summary = useRead('/api/equipment/summary', { query: { ...query, size: 200 } });
  const units = summary.data?.items ?? [];
  const minutesOf = (unit: (typeof units)[number]) => STATES.reduce((sum, state) => sum + unit[state], 0);
  const worked = units.filter(unit => minutesOf(unit) > 0);
  const most = Math.max(...worked.map(minutesOf), 1);
  return (
    <Section
      title={UNITS}
      extra={
        <span className="legend">
          {STATES.map(state => (
            <span key={state} className={`sign ${state}`}>
              {t(titleOf(state))}
            </span>
          ))}
        </span>
      }>
      <div className="sheet padded">
        {worked.length === 0 && <span className="muted">{t(NOTHING)}</span>}
        {worked.map(unit => (
          <div className="state-row" key={unit.equipment}>
            <Link to={addressOf('/units/one', {}, { code: unit.equipment })}>{unit.equipment}</Link>
            <span
              className="state-bar"
              role="img"
              aria-label={STATES.map(state => `${t(titleOf(state))} ${spanOf(unit[state] * MINUTE_S)}`).join(', ')}>
              {STATES.filter(state => unit[state] > 0).map(state => (
                <span
                  key={state}
                  className={`sign ${state}`}
                  title={`${t(titleOf(state))} ${spanOf(unit[state] * MINUTE_S)}`}
                  style={{ width: `${(unit[state] / most) * 100}%` }}
                />
              ))}
            </span>
            <span className="num muted">
              {number(unit.good)} {t(nameOf('good'))}
            </span>
          </div>
        ))}
      </div>
    </Section>
  );
}
