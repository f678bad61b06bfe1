import { useEffect, useMemo, useRef, useState, type FormEvent } from 'react';
import { newId, Problem } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import type { Unit } from '../api';
import { queue } from '../actions';
import { readMasterData, refresh, units as knownUnits } from '../floor';
import { chooseUnits, here, signOn, type Me } from '../session';
import { useStore } from '../store';

const TITLE: Text = ['请选择设备', 'Choose the equipment'];
const HINT: Text = ['可以选择多台', 'Several may be chosen'];
const OPERATOR: Text = ['操作工编号', 'Operator code'];
const SEARCH: Text = ['查找设备', 'Find equipment'];
const SIGN_ON: Text = ['✔ 上岗', '✔ Sign on'];
const TAKE: Text = ['✔ 确定', '✔ Take these'];
const BACK: Text = ['返回', 'Back'];
const NONE: Text = ['还没有设备或已下达的工单', 'There is no equipment and no released order yet'];
const OTHER: Text = ['其他', 'Other'];
const SHOWN_MAX = 120;

interface Props {
  /** Who has come, or null where somebody who is here chooses anew. */
  arriving: { me: Me; seat: number } | null;
  onDone: () => void;
  onBack?: () => void;
  onProblem: (problem: unknown) => void;
}

/** Where: one piece of equipment or several. Who may act for others says whose work it is. */
export function Units({ arriving, onDone, onBack, onProblem }: Props) {
  const t = useText();
  const units = useStore(knownUnits);
  const now = here.get();
  const [chosen, setChosen] = useState<string[]>(now.units);
  const [search, setSearch] = useState('');
  const actsForOthers = arriving?.me.permissions.includes('production.act-for-others') ?? false;
  const [person, setPerson] = useState(arriving?.me.operator ?? '');
  const id = useRef(newId());
  const seat = arriving?.seat ?? now.people.find(one => one.code === now.active)?.seat;
  useEffect(() => {
    if (seat !== undefined) readMasterData(seat).catch(onProblem);
  }, [seat, onProblem]);
  const groups = useMemo(() => grouped(units, search), [units, search]);
  const toggle = (code: string) =>
    setChosen(before => (before.includes(code) ? before.filter(one => one !== code) : [...before, code]));

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length === 0) return;
    try {
      if (arriving) await signOn(arriving.me, arriving.seat, person.trim(), chosen, id.current);
      else chooseUnits(chosen);
      queue.wake(person.trim());
      void refresh();
      onDone();
    } catch (problem) {
      if (!(problem instanceof Problem) || !problem.isTemporary) id.current = newId();
      onProblem(problem);
    }
  };
  return (
    <section>
      <form onSubmit={send}>
        <div className="row spread">
          <div>
            <h1>{t(TITLE)}</h1>
            <p className="quiet">{t(HINT)}</p>
          </div>
          {onBack && (
            <button type="button" id="back" onClick={onBack}>
              {t(BACK)}
            </button>
          )}
          <button className="main" id="go" disabled={chosen.length === 0}>
            {t(arriving ? SIGN_ON : TAKE)}
          </button>
        </div>
        <div className="row">
          {arriving && (
            <label>
              {t(OPERATOR)}
              <input
                id="operator"
                required
                maxLength={64}
                autoComplete="off"
                readOnly={!actsForOthers}
                value={person}
                onChange={event => setPerson(event.target.value)}
              />
            </label>
          )}
          <label>
            {t(SEARCH)}
            <input
              id="search"
              type="search"
              autoComplete="off"
              value={search}
              onChange={event => setSearch(event.target.value)}
            />
          </label>
        </div>
        {units.length === 0 && <p>{t(NONE)}</p>}
        {groups.map(([center, inIt]) => (
          <fieldset key={center}>
            <legend>{center || t(OTHER)}</legend>
            <div className="units">
              {inIt.map(unit => (
                <button
                  key={unit.code}
                  type="button"
                  className="unit"
                  data-unit={unit.code}
                  aria-pressed={chosen.includes(unit.code)}
                  onClick={() => toggle(unit.code)}>
                  <strong>
                    {chosen.includes(unit.code) ? '☑ ' : '☐ '}
                    {unit.code}
                  </strong>
                  {unit.name && <span>{unit.name}</span>}
                </button>
              ))}
            </div>
          </fieldset>
        ))}
      </form>
    </section>
  );
}

function grouped(units: readonly Unit[], search: string): [string, Unit[]][] {
  const wanted = search.trim().toLowerCase();
  const groups = new Map<string, Unit[]>();
  const found = units.filter(unit => `${unit.code} ${unit.name} ${unit.workCenter}`.toLowerCase().includes(wanted));
  for (const unit of found.slice(0, SHOWN_MAX)) {
    const center = unit.workCenter ?? '';
    groups.set(center, [...(groups.get(center) ?? []), unit]);
  }
  return [...groups].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)));
}
