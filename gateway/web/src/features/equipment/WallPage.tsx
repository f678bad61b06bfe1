import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ProblemAlert } from '@/components/Problem';
import type { Item } from '@/lib/api/api';
import { useRead } from '@/lib/api/hooks';
import { useLive } from '@/lib/live';
import { useSession } from '@/lib/session';
import { dateTime, languageNow, number, useText, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';
import { deltaOf } from './delta';
import './wall.css';

type Unit = Item<'/api/equipment/live'>;
type Call = Item<'/api/equipment/andon-calls'>;

const TITLE: Text = ['看板', 'Wall view'];
const BACK: Text = ['返回车间现况', 'Back to the floor'];
const NO_UNITS: Text = ['还没有设备', 'There are no units yet'];
const STALE: Text = ['⚠ 非实时，自 {time}', '⚠ Not live since {time}'];
const NO_SHIFT: Text = ['无班次', 'No shift'];
const OF_TARGET: Text = ['目标 {target}', 'of {target}'];
const NO_TARGET: Text = ['无目标', 'no target'];
const SCRAP: Text = ['废品 {scrap}', '{scrap} scrap'];
const COMES: Text = ['{name} 正在赶来', '{name} comes'];
const WAITS: Text = ['等待{role}', 'waits for {role}'];
const HOUR: Text = ['小时', 'Hour'];
const TARGET: Text = ['目标', 'Target'];
const GOOD: Text = ['实际', 'Actual'];
const DELTA: Text = ['差异', 'Delta'];
const PAGE_OF: Text = ['{page} / {pages}', '{page} / {pages}'];
const OTHER: Text = ['其他', 'Other'];
const ICONS: Readonly<Record<Unit['state'], string>> = { Run: '▶', Setup: '⚒', Paused: '‖', Down: '■', Idle: '○' };
const UNITS_READ_MAX = 1000;
const OPEN_CALLS = { query: { status: 'Open', size: 100 } } as const;
const UNITS_MAX = 8;
const CYCLE_MS = 15_000;
const READ_MS = 30_000;
/** Within so much of its target a unit is on it, below the second far behind. */
const [ON_TARGET, BEHIND] = [0.95, 0.8];

/** The floor for everybody who passes: each work center for some seconds, calls for help always. Arrow keys turn the page. */
export function Component() {
  const t = useText();
  const { kind } = useSession();
  const [search] = useSearchParams();
  const workCenter = search.get('workCenter') ?? undefined;
  const units = useRead('/api/equipment/live', { query: { size: UNITS_READ_MAX, workCenter } });
  const calls = useRead('/api/equipment/andon-calls', OPEN_CALLS);
  const centers = useRead('/api/equipment/work-centers', { query: { size: UNITS_READ_MAX } });
  const now = useClock();
  const pages = useMemo(() => pagesOf(units.data?.items ?? []), [units.data]);
  const [at, turn] = usePages(pages.length);
  const { isLive, since } = useLive();
  const page = pages[at];
  const name = centers.data?.items.find(center => center.code === page?.workCenter)?.name ?? page?.workCenter;
  if (units.error && !units.data) return <ProblemAlert problem={units.error} retry={() => void units.refetch()} />;
  return (
    <main className="wall">
      <header>
        <h1>{page ? name || t(OTHER) : t(TITLE)}</h1>
        {isLive === false && <strong className="wall-stale">{t(STALE, { time: dateTime(new Date(since)).slice(11) })}</strong>}
        {pages.length > 1 && (
          <button type="button" onClick={() => turn(1)}>
            {t(PAGE_OF, { page: at + 1, pages: pages.length })}
          </button>
        )}
        <time>{now.toLocaleTimeString(languageNow(), { hour: '2-digit', minute: '2-digit' })}</time>
        {kind === 'user' && (
          <Link to="/floor" aria-label={t(BACK)}>
            ✕
          </Link>
        )}
      </header>
      {(calls.data?.items ?? []).map(call => (
        <CallBand key={call.id} call={call} now={now} />
      ))}
      {units.data && !page && <p className="wall-empty">{t(NO_UNITS)}</p>}
      {page && (
        <>
          <ul className="wall-units" data-work-center={page.workCenter} data-few={page.units.length < 5}>
            {page.units.map(unit => (
              <Tile key={unit.code} unit={unit} now={now} />
            ))}
          </ul>
          <Hours units={page.units} />
        </>
      )}
    </main>
  );
}

function CallBand({ call, now }: { call: Call; now: Date }) {
  const t = useText();
  return (
    <p className="wall-call" data-status={call.status} role="status">
      <strong>
        ☎ {call.equipment} · {valueOf(call.kind)}
      </strong>
      <span>{lengthOf(call.calledAt, now)}</span>
      <span>{call.acknowledgedBy ? t(COMES, { name: call.acknowledgedBy }) : t(WAITS, { role: valueOf(call.role) })}</span>
    </p>
  );
}

function Tile({ unit, now }: { unit: Unit; now: Date }) {
  const t = useText();
  const { output, work } = unit;
  const target = output?.target ?? null;
  return (
    <li className="wall-unit" data-unit={unit.code} data-state={unit.state}>
      <div className="wall-state">
        <strong>{unit.code}</strong>
        <span>
          {ICONS[unit.state]} {valueOf(unit.state)}
        </span>
        {unit.since && <span className="wall-since">{lengthOf(unit.since, now)}</span>}
      </div>
      <p className="wall-what">
        {work.length > 0 ? work.map(one => `${one.order} · ${one.operation}`).join(', ') : unit.name}
        {unit.downReason && ` · ${unit.downReason}`}
        {output && output.scrap > 0 && ` · ${t(SCRAP, { scrap: number(output.scrap, 0) })}`}
      </p>
      {output ? (
        <div className="wall-figures">
          <strong data-good={output.good}>{number(output.good, 0)}</strong>
          <span className="wall-target">{target === null ? t(NO_TARGET) : t(OF_TARGET, { target: number(target, 0) })}</span>
          {target !== null && <Delta good={output.good} target={target} />}
        </div>
      ) : (
        <p className="wall-what">{t(NO_SHIFT)}</p>
      )}
    </li>
  );
}

/** More or less than the target; the sign says it, not the colour alone. */
function Delta({ good, target }: { good: number; target: number }) {
  const tone = good >= target * ON_TARGET ? 'good' : good >= target * BEHIND ? 'warn' : 'bad';
  return (
    <span className="wall-delta" data-tone={tone}>
      {deltaOf(good, target)}
    </span>
  );
}

/** Hour by hour, all units of the page together. */
function Hours({ units }: { units: readonly Unit[] }) {
  const t = useText();
  const hours = new Map<string, { good: number; target: number | null }>();
  for (const hour of units.flatMap(unit => unit.output?.hours ?? [])) {
    const sum = hours.get(hour.startsAt) ?? { good: 0, target: null };
    const target = hour.target === null ? sum.target : (sum.target ?? 0) + hour.target;
    hours.set(hour.startsAt, { good: sum.good + hour.good, target });
  }
  if (hours.size === 0) return null;
  const sorted = [...hours].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <table className="wall-hours">
      <thead>
        <tr>
          <th scope="row">{t(HOUR)}</th>
          {sorted.map(([startsAt]) => (
            <th scope="col" key={startsAt}>
              {dateTime(startsAt).slice(11)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t(TARGET)}</th>
          {sorted.map(([startsAt, { target }]) => (
            <td key={startsAt}>{target === null ? '–' : number(target, 0)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t(GOOD)}</th>
          {sorted.map(([startsAt, { good }]) => (
            <td key={startsAt}>{number(good, 0)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t(DELTA)}</th>
          {sorted.map(([startsAt, { good, target }]) => (
            <td key={startsAt}>{target === null ? '–' : <Delta good={good} target={target} />}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

/** The units of each work center, so many to a page as can be read from afar. */
function pagesOf(units: readonly Unit[]): { workCenter: string; units: Unit[] }[] {
  const centers = [...new Set(units.map(unit => unit.workCenter ?? ''))].sort((a, b) => (a === '' ? 1 : a.localeCompare(b)));
  return centers.flatMap(workCenter => {
    const all = units.filter(unit => (unit.workCenter ?? '') === workCenter);
    return Array.from({ length: Math.ceil(all.length / UNITS_MAX) }, (_, at) => ({
      workCenter,
      units: all.slice(at * UNITS_MAX, (at + 1) * UNITS_MAX),
    }));
  });
}

/** Turns the pages by itself, and by the arrow keys at once. */
function usePages(count: number): [at: number, turn: (by: number) => void] {
  const [page, setPage] = useState(0);
  const [turns, setTurns] = useState(0);
  const turn = (by: number) => {
    setPage(now => now + by);
    setTurns(now => now + 1);
  };
  useEffect(() => {
    const clock = setInterval(() => setPage(now => now + 1), CYCLE_MS);
    const onKey = ({ key }: KeyboardEvent) => (key === 'ArrowRight' ? turn(1) : key === 'ArrowLeft' ? turn(-1) : undefined);
    window.addEventListener('keydown', onKey);
    return () => {
      clearInterval(clock);
      window.removeEventListener('keydown', onKey);
    };
  }, [turns]);
  return [count === 0 ? 0 : ((page % count) + count) % count, turn];
}

/** The time of now; targets grow with it, so that they are read again. */
function useClock(): Date {
  const [now, setNow] = useState(() => new Date());
  const client = useQueryClient();
  useEffect(() => {
    const seconds = setInterval(() => setNow(new Date()), 1_000);
    const reading = setInterval(() => void client.invalidateQueries({ queryKey: ['/api/equipment/live'] }), READ_MS);
    return () => {
      clearInterval(seconds);
      clearInterval(reading);
    };
  }, [client]);
  return now;
}

/** How long it lasts already, as h:mm. */
function lengthOf(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
