import { useEffect, useState, type ReactNode } from 'react';
import { dateTime, languageNow, useText, type Text } from '@/lib/text';
import * as api from '../api';
import { classifyStop, endStop, queue, stopMachine } from '../actions';
import { reasons as knownReasons } from '../floor';
import { Choices } from '../parts';
import { readOrKept } from '../queue/kept';
import { putRight } from '../queue/queue';
import { active } from '../session';
import { cutsOf, isUnsaid, middleOf, moved, stopsWith, type Stop } from '../stops';
import { useStore } from '../store';
import { unitAt, type Shown } from './Card';
import { Sheet } from './Sheet';

const TITLE: Text = ['停机', 'The machine stops'];
const WHICH: Text = ['哪台设备', 'Which equipment'];
const WHY: Text = ['原因', 'Reason'];
const LATER: Text = ['? 以后再说', '? Say later'];
const SEARCH: Text = ['查找原因', 'Find a reason'];
const LASTS: Text = ['停机中，自 {time}', 'Down since {time}'];
const UP: Text = ['▶ 设备恢复运行', '▶ It runs again'];
const NO_REASON: Text = ['尚无原因', 'no reason yet'];
const GIVE: Text = ['选择原因', 'Give the reason'];
const OTHER: Text = ['更改原因', 'Another reason'];
const SPLIT: Text = ['✂ 拆分', '✂ Split'];
const DAY: Text = ['最近一天的停机', 'Stops of the last day'];
const FOR: Text = ['为 {time} 的停机选择原因', 'The reason of the stop of {time}'];
const CUT: Text = ['拆分 {time} 的停机', 'Split the stop of {time}'];
const FROM: Text = ['自 {time} 起的原因', 'Reason from {time} on'];
const STEPS = [-15, -5, -1, 1, 5, 15];
const SHOWN_MAX = 8;
const LISTED_MAX = 4;
const DAY_MS = 86_400_000;

interface Props {
  units: string[];
  /** What the operator works on, to tell it with the stop. */
  own: Shown[];
  onClose: () => void;
}

/** Which stop gets a reason, and from when on: the whole of it where no cut is named. */
interface Chosen {
  stop: Stop;
  cut?: number;
}

/** A machine stops: at most eight large reasons, a search for the others; to be classified or split later as well. */
export function StopSheet({ units, own, onClose }: Props) {
  const t = useText();
  const [unit, setUnit] = useState(() => unitAt(units, own));
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const stops = useStops(unit);
  const lasting = stops.find(stop => stop.endedAt === null);
  const listed = stops.filter(stop => stop !== lasting || !isUnsaid(stop)).slice(0, LISTED_MAX);
  const order = own.find(one => one.equipment === unit)?.card;
  const choose = (reason: string | null) => {
    const stop = chosen?.stop ?? lasting;
    if (stop && reason) void classifyStop(unit, stop.id, reason, chosen?.cut);
    else void stopMachine(unit, reason, order);
    onClose();
  };
  if (chosen)
    return (
      <Sheet title={t(chosen.cut === undefined ? FOR : CUT, { time: dateTime(chosen.stop.startedAt) })} onClose={onClose}>
        {chosen.cut !== undefined && <CutAt {...chosen} cut={chosen.cut} onMove={cut => setChosen({ ...chosen, cut })} />}
        <Reasons onChoose={choose} />
      </Sheet>
    );
  return (
    <Sheet title={`${t(TITLE)}: ${unit}`} onClose={onClose}>
      {units.length > 1 && (
        <Choices label={t(WHICH)} of={units.map(value => ({ value, text: value }))} chosen={unit} onChoose={setUnit} />
      )}
      {lasting && (
        <div className="row">
          <p className="state bad">
            ■ {t(LASTS, { time: dateTime(lasting.startedAt) })} {isUnsaid(lasting) && `(${t(NO_REASON)})`}
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
      {(!lasting || isUnsaid(lasting)) && (
        <Reasons onChoose={choose}>
          {!lasting && (
            <button type="button" id="later" onClick={() => choose(null)}>
              {t(LATER)}
            </button>
          )}
        </Reasons>
      )}
      {listed.length > 0 && <h3>{t(DAY)}</h3>}
      {listed.map(stop => (
        <Listed key={stop.id} stop={stop} onChoose={setChosen} />
      ))}
    </Sheet>
  );
}

/** A stop with its reasons over time. */
function Listed({ stop, onChoose }: { stop: Stop; onChoose: (chosen: Chosen) => void }) {
  const t = useText();
  const cuts = cutsOf(stop, serverNow());
  const nameOf = useReasonName();
  return (
    <div className="row stop">
      <p>
        {stop.parts.map(part => (
          <span key={part.from}>
            <b>{timeOf(part.from)}</b> {part.reason === null ? t(NO_REASON) : nameOf(part.reason)} ·{' '}
          </span>
        ))}
        <b>{stop.endedAt === null ? '…' : timeOf(stop.endedAt)}</b>
      </p>
      <button type="button" className="classify" onClick={() => onChoose({ stop })}>
        {t(isUnsaid(stop) ? GIVE : OTHER)}
      </button>
      {cuts && (
        <button type="button" className="split" onClick={() => onChoose({ stop, cut: middleOf(stop, cuts) })}>
          {t(SPLIT)}
        </button>
      )}
    </div>
  );
}

/** From when on a stop has another reason. */
function CutAt({ stop, cut, onMove }: Chosen & { cut: number; onMove: (cut: number) => void }) {
  const t = useText();
  const cuts = cutsOf(stop, serverNow());
  if (!cuts) return null;
  const move = (minutes: number) => (
    <button key={minutes} type="button" data-minutes={minutes} onClick={() => onMove(moved(cut, minutes, cuts))}>
      {minutes > 0 ? `+${minutes}` : `−${-minutes}`}
    </button>
  );
  return (
    <div className="row cut" role="group" aria-label={t(CUT, { time: dateTime(stop.startedAt) })}>
      {STEPS.filter(minutes => minutes < 0).map(move)}
      <output aria-live="polite">{t(FROM, { time: timeOf(new Date(cut).toISOString()) })}</output>
      {STEPS.filter(minutes => minutes > 0).map(move)}
    </div>
  );
}

const serverNow = () => Date.parse(putRight(new Date().toISOString()));
const timeOf = (instant: string) => dateTime(instant).slice(11);

function useReasonName(): (code: string) => string {
  const all = useStore(knownReasons);
  return code => {
    const reason = all.find(one => one.code === code);
    return (reason && (languageNow() === 'en' ? reason.nameEn : reason.nameZh)) || code;
  };
}

/** Leaves of the tree of reasons; at most eight are shown at once, the others are found. */
function Reasons({ onChoose, children }: { onChoose: (code: string) => void; children?: ReactNode }) {
  const t = useText();
  const [search, setSearch] = useState('');
  const all = useStore(knownReasons);
  const nameOf = useReasonName();
  const parents = new Set(all.map(reason => reason.parentCode));
  const wanted = search.trim().toLowerCase();
  const found = all
    .filter(reason => !parents.has(reason.code))
    .filter(reason => `${reason.code} ${reason.nameEn} ${reason.nameZh}`.toLowerCase().includes(wanted));
  return (
    <>
      <h3>{t(WHY)}</h3>
      <Choices
        id="reasons"
        label={t(WHY)}
        of={found.slice(0, SHOWN_MAX).map(reason => ({ value: reason.code, text: nameOf(reason.code) }))}
        onChoose={onChoose}
      />
      <div className="row">
        <input
          type="search"
          autoComplete="off"
          aria-label={t(SEARCH)}
          placeholder={t(SEARCH)}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        {children}
      </div>
    </>
  );
}

/** The stops of the last day, with those that are on their way. */
function useStops(unit: string): Stop[] {
  const entries = useStore(queue.entries);
  const [read, setRead] = useState<api.Stop[]>([]);
  useEffect(() => {
    const seat = active()?.seat;
    if (seat === undefined || !unit) return;
    const from = new Date(Date.now() - DAY_MS).toISOString();
    void readOrKept(`stops ${unit}`, () => api.stops(seat, unit, from)).then(found => setRead(found ?? []));
  }, [unit, entries]);
  return stopsWith(read, entries, unit);
}
