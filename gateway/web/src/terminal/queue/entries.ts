import type { DispatchCard } from '../api';

export type Verb =
  | 'start'
  | 'pause'
  | 'resume'
  | 'finish'
  | 'withdraw'
  | 'report'
  | 'undo'
  | 'signOff'
  | 'stop'
  | 'endStop'
  | 'classify'
  | 'undoStop'
  | 'call'
  | 'come'
  | 'resolve'
  | 'takeBackCall'
  | 'read'
  | 'measure'
  | 'judge'
  | 'handOver'
  | 'takeOver';

/** waiting: for its turn or a connection; the others are over. Nothing leaves the list before it is read or old. */
export type EntryState = 'waiting' | 'sent' | 'refused' | 'takenBack' | 'dismissed';

export interface EntryProblem {
  status: number;
  code: string;
  body: Record<string, unknown>;
}

/** What it is about, for people to read. */
export interface About {
  order?: string;
  operation?: string;
  operationId?: string;
  equipment?: string;
  /** Of a report. */
  pieces?: { good: number; scrap: number; nonconforming: number; unit: string };
  reason?: string;
  /** Number of the inspection. */
  inspection?: string;
  /** What is called for. */
  kind?: string;
}

/** Something that was done at this terminal: on its way to the server, or what came of it. */
export interface Entry {
  /** The command's id: of a start it is the work's, of a report the report's, of a stop the stop's. */
  id: string;
  /** Its place among all of this device. */
  seq: number;
  verb: Verb;
  state: EntryState;
  /** Who did it. */
  operator: string;
  /** What is sent in order: the operation, the equipment, or the operator's presence. */
  lane: string;
  /** The work that it changes. */
  workId?: string;
  path: string;
  body: Record<string, unknown>;
  /** The member of the body that says when, by this device's clock. */
  timeMember?: 'at' | 'endedAt' | 'startedAt';
  /** When, by this device's clock. */
  at: string;
  about: About;
  tries: number;
  /** When it was first sent with the time put right: the same id carries the same content. */
  isFixed?: boolean;
  sentAt?: number;
  problem?: EntryProblem;
  answer?: Record<string, unknown>;
}

export type NewEntry = Omit<Entry, 'seq' | 'state' | 'tries'>;

const BEGIN: ReadonlySet<Verb> = new Set(['start', 'stop', 'call']);
const begins = ({ verb }: Entry) => BEGIN.has(verb);
/** Whether it is about a call for help: that does not wait until all else has arrived. */
export const isOfCall = ({ lane }: Pick<Entry, 'lane'>) => lane.startsWith(CALL_LANE);
export const laneOfCall = (id: string) => `${CALL_LANE}${id}`;
const CALL_LANE = 'andon ';

/** What may be sent now: in each lane the first that waits, of people who can be asked for; calls for help first. */
export function sendable(entries: readonly Entry[], busyLanes: ReadonlySet<string>, absent: ReadonlySet<string>): Entry[] {
  const lanes = new Set(busyLanes);
  const unsent = new Set<string>();
  const failedStarts = new Set(entries.filter(entry => begins(entry) && entry.state === 'refused').map(entry => entry.id));
  const found: Entry[] = [];
  for (const entry of entries) {
    if (entry.state !== 'waiting') continue;
    const isHeld = entry.workId !== undefined && failedStarts.has(entry.workId);
    const isLast = entry.verb === 'signOff' && unsent.has(entry.operator);
    unsent.add(entry.operator);
    if (lanes.has(entry.lane) || isHeld || isLast || absent.has(entry.operator)) {
      if (!isHeld && !absent.has(entry.operator)) lanes.add(entry.lane);
      continue;
    }
    lanes.add(entry.lane);
    found.push(entry);
  }
  return [...found.filter(isOfCall), ...found.filter(entry => !isOfCall(entry))];
}

/** Why one that waits is not sent though there is a connection. */
export function heldBy(entry: Entry, entries: readonly Entry[]): 'start' | null {
  const start = entry.workId && entries.find(one => one.id === entry.workId);
  return start && begins(start) && start.state === 'refused' ? 'start' : null;
}

const isUnderWay = (entry: Entry, readAt: number) =>
  entry.state === 'waiting' || (entry.state === 'sent' && (entry.sentAt ?? 0) >= readAt);

/** The cards as they will be once everything has arrived. */
export function withEntries(
  cards: readonly DispatchCard[],
  entries: readonly Entry[],
  readAt: number,
  nameOf: (operator: string) => string,
): DispatchCard[] {
  const concerned = entries.filter(entry => entry.about.operationId && isUnderWay(entry, readAt));
  if (concerned.length === 0) return [...cards];
  return cards.map(card =>
    concerned
      .filter(entry => entry.about.operationId === card.operationId)
      .reduce((so, entry) => withEntry(so, entry, readAt, nameOf), card),
  );
}

type Work = DispatchCard['work'][number];

function withEntry(card: DispatchCard, entry: Entry, readAt: number, nameOf: (operator: string) => string): DispatchCard {
  const others = card.work.filter(work => work.workId !== entry.workId);
  const own = card.work.find(work => work.workId === entry.workId);
  const since = Date.parse(entry.at);
  const change = (work: Partial<Work>) => (own ? { ...card, work: [...others, { ...own, ...work }] } : card);
  switch (entry.verb) {
    case 'start': {
      if (card.work.some(work => work.workId === entry.id)) return card;
      const rest = card.work.filter(work => !(work.operator === entry.operator && work.equipment === entry.about.equipment));
      const activity = entry.body.activity as Work['activity'];
      // Seconds are those at the time of reading, from which the clock of the card goes on
      const begun: Work = {
        ...{ workId: entry.id, operator: entry.operator, name: nameOf(entry.operator), activity, state: 'Running' },
        ...{ equipment: entry.about.equipment ?? '', since: entry.at, seconds: (readAt - since) / 1000 },
      };
      return { ...card, status: 'Started', work: [...rest, begun] };
    }
    case 'pause':
      return change({ state: 'Paused', since: entry.at, seconds: (own?.seconds ?? 0) + (since - readAt) / 1000 });
    case 'resume':
      return change({ state: 'Running', since: entry.at, seconds: (own?.seconds ?? 0) - (since - readAt) / 1000 });
    case 'finish':
    case 'withdraw':
      return { ...card, work: others };
    case 'report':
      return counted(entry.body.finishesWork ? { ...card, work: others } : card, entry, 1);
    case 'undo':
      return counted(card, entry, -1);
    case 'read':
      return entry.body.reading === 'Shown' ? card : acknowledged(card);
    default:
      return card;
  }
}

function acknowledged(card: DispatchCard): DispatchCard {
  const waitsFor = card.waitsFor.filter(reason => reason !== 'instruction');
  return { ...card, waitsFor, isReady: waitsFor.length === 0 };
}

function counted(card: DispatchCard, { about: { pieces } }: Entry, sign: 1 | -1): DispatchCard {
  if (!pieces) return card;
  const done = pieces.good + pieces.scrap + pieces.nonconforming;
  return {
    ...card,
    good: Math.max(0, rounded(card.good + sign * pieces.good)),
    open: Math.max(0, rounded(card.open - sign * done)),
  };
}

/** Quantities have at most six decimals. */
export const rounded = (value: number) => Number(value.toFixed(6));
