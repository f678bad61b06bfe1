import { useMemo } from 'react';
import { number, timeOfDay, useText, type Text } from '@/lib/text';
import type { Check, DispatchCard, WorkOnCard, WorkView } from '../api';
import { queue } from '../actions';
import { lists, ownWork, readProblem, refresh, type Listed } from '../floor';
import { useNow } from '../parts';
import { withEntries, type Entry } from '../queue/entries';
import { here, nameOf, type Person } from '../session';
import { useStore } from '../store';
import { Calls } from './Calls';
import { Checks, isCheckOf, useChecks } from './Checks';
import { Card, ownOf, type Activity, type Shown } from './Card';

const TITLE: Text = ['派工单', 'Dispatch list'];
const ALL: Text = ['全部', 'All'];
const MINE: Text = ['☻ 我的作业', '☻ My work'];
const SEARCH: Text = ['查找工单、产品、工序', 'Find order, product, operation'];
const FILTER: Text = ['显示', 'Show'];
const CHANGE: Text = ['⚙ 设备', '⚙ Equipment'];
const REFRESH: Text = ['刷新', 'Refresh'];
const NOTHING: Text = ['目前没有可做的工序', 'There is nothing to work on now'];
const NOT_FOUND: Text = ['没有符合的工序', 'Nothing is like that'];
const MORE: Text = ['只显示前 {count} 道工序，后面还有', 'The first {count} are shown; more follow them'];
const AS_OF: Text = ['更新于 {time}', 'As of {time}'];
const STALE: Text = ['⚠ 数据已过时，更新于 {time}({ago} 前)', '⚠ Out of date: as of {time} ({ago} ago)'];
const STALE_MS = 60_000;
const FIRST_MAX = 40;

export const MY_WORK = '*mine';

interface Props {
  person: Person;
  filter: string;
  search: string;
  onFilter: (filter: string) => void;
  onSearch: (search: string) => void;
  onChange: () => void;
  onReport: (shown: Shown, work?: WorkOnCard) => void;
  onPause: (shown: Shown, work: WorkOnCard) => void;
  onInstruction: (shown: Shown, begin?: Activity) => void;
  onCheck: (check: Check) => void;
}

/** All cards of the chosen equipment, with what is still under way; own work first, then as the server has put them. */
export function useCards(person: Person | undefined): { cards: Shown[]; hasMore: boolean; readAt: number | null } {
  const read = useStore(lists);
  const own = useStore(ownWork);
  const entries = useStore(queue.entries);
  const { units } = useStore(here);
  return useMemo(() => {
    const known = units.flatMap(unit => (read[unit] ? [[unit, read[unit]] as const] : []));
    const shown = known.flatMap(([unit, list]) => withOwn(unit, list, entries));
    const elsewhere = person ? elsewhereOf(own.work, shown, own.readAt, person, entries) : [];
    const readAts = known.map(([, list]) => list.readAt);
    const rank = (one: Shown) => (person && ownOf(one, person.code) ? 0 : one.card.isReady ? 1 : 2);
    return {
      cards: [...elsewhere, ...shown].sort((a, b) => rank(a) - rank(b)),
      hasMore: known.some(([, list]) => list.hasMore),
      readAt: readAts.length ? Math.min(...readAts) : null,
    };
  }, [read, own, entries, units, person]);
}

const withOwn = (equipment: string, { cards, readAt }: Listed, entries: readonly Entry[]): Shown[] =>
  withEntries(cards, entries, readAt, nameOf).map(card => ({ card, equipment, readAt }));

/** Own work at equipment that was not chosen here. */
function elsewhereOf(work: WorkView[], shown: Shown[], readAt: number, person: Person, entries: readonly Entry[]): Shown[] {
  return work
    .filter(one => !shown.some(({ card, equipment }) => card.operationId === one.operationId && equipment === one.equipment))
    .flatMap(one => {
      const { operationId, orderId, order, product, operation, equipment } = one;
      const like = shown.find(({ card }) => card.operationId === operationId)?.card;
      const card: DispatchCard = {
        ...{
          operationId,
          orderId,
          order,
          product,
          picture: null,
          isSerialized: false,
          operation,
          sequence: 0,
          quantity: 0,
          good: 0,
          available: 0,
          open: 0,
          unit: '',
        },
        ...{
          status: 'Started',
          isRush: false,
          dueAt: null,
          plannedStartAt: null,
          plannedEndAt: null,
          isReady: true,
          waitsFor: [],
          instructionRevision: null,
          assignedTo: null,
          assignedName: null,
          alternatives: [],
        },
        ...like,
        work: [{ ...one, workId: one.id, name: person.name, state: one.state === 'Paused' ? 'Paused' : 'Running' }],
      };
      const [so] = withEntries([card], entries, readAt, nameOf);
      return so && so.work.length > 0 ? [{ card: so, equipment, readAt }] : [];
    });
}

export function Dispatch(props: Props) {
  const { person, filter, search, onFilter, onSearch } = props;
  const t = useText();
  const { units } = useStore(here);
  const { cards, hasMore, readAt } = useCards(person);
  const checks = useChecks();
  const mine = cards.filter(one => ownOf(one, person.code) || one.card.assignedTo === person.code);
  const wanted = search.trim().toLowerCase();
  const found = (filter === MY_WORK ? mine : cards).filter(
    ({ card, equipment }) =>
      (filter === '' || filter === MY_WORK || filter === equipment) &&
      `${card.order} ${card.product} ${card.operation}`.toLowerCase().includes(wanted),
  );
  const shown = wanted ? found : found.slice(0, Math.max(FIRST_MAX, mine.length));
  const tab = (value: string, text: string) => (
    <button key={value} type="button" data-filter={value} aria-pressed={filter === value} onClick={() => onFilter(value)}>
      {text}
    </button>
  );
  return (
    <section>
      <h1 className="unseen">{t(TITLE)}</h1>
      <div className="row filters" role="group" aria-label={t(FILTER)}>
        {tab('', t(ALL))}
        {tab(MY_WORK, `${t(MINE)} (${mine.length})`)}
        {units.length > 1 && units.map(unit => tab(unit, unit))}
        <input
          id="search"
          type="search"
          autoComplete="off"
          aria-label={t(SEARCH)}
          placeholder={t(SEARCH)}
          value={search}
          onChange={event => onSearch(event.target.value)}
        />
        <button type="button" id="change" onClick={props.onChange}>
          {t(CHANGE)}
        </button>
        <button type="button" id="refresh" aria-label={t(REFRESH)} onClick={() => void refresh()}>
          ⟳
        </button>
      </div>
      <Calls person={person} />
      <Checks checks={checks} cards={cards} onCheck={props.onCheck} />
      <Age readAt={readAt} />
      <ul className="cards" id="cards">
        {shown.map(one => (
          <Card
            key={`${one.card.operationId} ${one.equipment}`}
            {...one}
            person={person}
            checks={checks.filter(check => isCheckOf(check, one))}
            showsEquipment={units.length > 1 || !units.includes(one.equipment)}
            onReport={work => props.onReport(one, work)}
            onPause={work => props.onPause(one, work)}
            onInstruction={begin => props.onInstruction(one, begin)}
            onCheck={props.onCheck}
          />
        ))}
      </ul>
      {readAt !== null && shown.length === 0 && <p className="quiet">{t(wanted ? NOT_FOUND : NOTHING)}</p>}
      {(hasMore || shown.length < found.length) && shown.length > 0 && (
        <p className="quiet">{t(MORE, { count: number(shown.length) })}</p>
      )}
    </section>
  );
}

/** How old it is what is shown. */
function Age({ readAt }: { readAt: number | null }) {
  const t = useText();
  const now = useNow();
  const problem = useStore(readProblem);
  if (readAt === null) return <p className="age" id="age" />;
  const isStale = now - readAt > STALE_MS || problem !== null;
  const time = timeOfDay(readAt);
  const minutes = Math.floor((now - readAt) / 60_000);
  const ago = minutes > 0 ? `${minutes} min` : `${Math.max(0, Math.floor((now - readAt) / 1000))} s`;
  return (
    <p className={isStale ? 'age stale' : 'age'} id="age">
      {t(isStale ? STALE : AS_OF, { time, ago })}
    </p>
  );
}
