import { useEffect, useState } from 'react';
import { dateTime, languageNow, useText, type Text } from '@/lib/text';
import * as api from '../api';
import { classifyStop, endStop, queue, stopMachine } from '../actions';
import { reasons as knownReasons } from '../floor';
import { Choices } from '../parts';
import { active } from '../session';
import { useStore } from '../store';
import { unitAt, type Shown } from './Card';
import { Sheet } from './Sheet';

const TITLE: Text = ['停机', 'The machine stops'];
const WHICH: Text = ['哪台设备', 'Which equipment'];
const WHY: Text = ['原因', 'Reason'];
const LATER: Text = ['? 以后再说', '? Say later'];
const SEARCH: Text = ['查找原因', 'Find a reason'];
const LASTS: Text = ['停机中，自 {time}', 'Down since {time}'];
const ENDED: Text = ['{from} – {to}', '{from} – {to}'];
const UP: Text = ['▶ 设备恢复运行', '▶ It runs again'];
const NO_REASON: Text = ['尚无原因', 'no reason yet'];
const GIVE: Text = ['选择原因', 'Give the reason'];
const FOR: Text = ['为 {time} 的停机选择原因', 'The reason of the stop of {time}'];
const SHOWN_MAX = 8;
const DAY_MS = 86_400_000;

interface Props {
  units: string[];
  /** What the operator works on, to tell it with the stop. */
  own: Shown[];
  onClose: () => void;
}

interface Stop {
  id: string;
  startedAt: string;
  endedAt: string | null;
  reason: string | null;
}

/** A machine stops: at most eight large reasons, a search for the others; to be classified later as well. */
export function StopSheet({ units, own, onClose }: Props) {
  const t = useText();
  const [unit, setUnit] = useState(() => unitAt(units, own));
  const [search, setSearch] = useState('');
  const [classified, setClassified] = useState<Stop | null>(null);
  const stops = useStops(unit);
  const lasting = stops.find(stop => stop.endedAt === null);
  const unsaid = stops.filter(stop => stop.reason === null).slice(0, 3);
  const order = own.find(one => one.equipment === unit)?.card;
  const choose = (reason: string | null) => {
    if (classified && reason) void classifyStop(unit, classified.id, reason);
    else if (lasting && reason) void classifyStop(unit, lasting.id, reason);
    else void stopMachine(unit, reason, order);
    onClose();
  };
  return (
    <Sheet title={classified ? t(FOR, { time: dateTime(classified.startedAt) }) : `${t(TITLE)}: ${unit}`} onClose={onClose}>
      {units.length > 1 && (
        <Choices label={t(WHICH)} of={units.map(value => ({ value, text: value }))} chosen={unit} onChoose={setUnit} />
      )}
      {lasting && !classified && (
        <div className="row">
          <p className="state bad">
            ■ {t(LASTS, { time: dateTime(lasting.startedAt) })} {lasting.reason === null && `(${t(NO_REASON)})`}
          </p>
          <button
            type="button"
            className="main"
            id="up"
            onClick={() => {
              void endStop(unit, lasting.id);
              onClose();
            }}>
            {t(UP)}
          </button>
        </div>
      )}
      {(!lasting || lasting.reason === null || classified) && (
        <>
          <h3>{t(WHY)}</h3>
          <Reasons search={search} onChoose={choose} />
          <div className="row">
            <input
              type="search"
              autoComplete="off"
              aria-label={t(SEARCH)}
              placeholder={t(SEARCH)}
              value={search}
              onChange={event => setSearch(event.target.value)}
            />
            {!lasting && !classified && (
              <button type="button" id="later" onClick={() => choose(null)}>
                {t(LATER)}
              </button>
            )}
          </div>
        </>
      )}
      {!classified &&
        unsaid
          .filter(stop => stop !== lasting)
          .map(stop => (
            <div className="row" key={stop.id}>
              <p>
                {t(ENDED, { from: dateTime(stop.startedAt), to: stop.endedAt ? dateTime(stop.endedAt).slice(11) : '' })} ·{' '}
                {t(NO_REASON)}
              </p>
              <button type="button" className="classify" onClick={() => setClassified(stop)}>
                {t(GIVE)}
              </button>
            </div>
          ))}
    </Sheet>
  );
}

/** Leaves of the tree of reasons; at most eight are shown at once. */
function Reasons({ search, onChoose }: { search: string; onChoose: (code: string) => void }) {
  const t = useText();
  const all = useStore(knownReasons);
  const name = (reason: api.Reason) => (languageNow() === 'en' ? reason.nameEn : reason.nameZh) || reason.code;
  const parents = new Set(all.map(reason => reason.parentCode));
  const wanted = search.trim().toLowerCase();
  const found = all
    .filter(reason => !parents.has(reason.code))
    .filter(reason => `${reason.code} ${reason.nameEn} ${reason.nameZh}`.toLowerCase().includes(wanted));
  return (
    <Choices
      id="reasons"
      label={t(WHY)}
      of={found.slice(0, SHOWN_MAX).map(reason => ({ value: reason.code, text: name(reason) }))}
      onChoose={onChoose}
    />
  );
}

/** The stops of the last day, with those that are on their way. */
function useStops(unit: string): Stop[] {
  const entries = useStore(queue.entries);
  const [read, setRead] = useState<api.Stop[]>([]);
  useEffect(() => {
    const seat = active()?.seat;
    if (seat === undefined || !unit) return;
    api.stops(seat, unit, new Date(Date.now() - DAY_MS).toISOString()).then(setRead, () => setRead([]));
  }, [unit, entries]);
  const of = entries.filter(entry => entry.lane === `unit ${unit}` && entry.state === 'waiting');
  const begun = of
    .filter(entry => entry.verb === 'stop' && !read.some(stop => stop.id === entry.id))
    .map(entry => ({ id: entry.id, startedAt: entry.at, endedAt: null, reason: (entry.body.reason as string) ?? null }));
  const known = read
    .filter(stop => stop.withdrawnAt === null)
    .map(({ id, startedAt, endedAt, parts }) => ({
      ...{ id, startedAt, endedAt, reason: parts.every(part => part.reason) ? (parts[0]?.reason ?? null) : null },
    }));
  return [...begun, ...known]
    .filter(stop => !of.some(entry => entry.verb === 'undoStop' && entry.workId === stop.id))
    .map(stop => ({
      ...stop,
      endedAt: of.find(entry => entry.verb === 'endStop' && entry.workId === stop.id)?.at ?? stop.endedAt,
      reason: of.find(entry => entry.verb === 'classify' && entry.workId === stop.id)?.about.reason ?? stop.reason,
    }));
}
