import { newId, Problem } from '@/lib/api/client';
import type { Text } from '@/lib/text';
import { paths, post } from './api';
import type { AndonCall, Check, DispatchCard, Finding, HandoverNote, Proposal, WorkOnCard } from './api';
import { lookForChecks, refreshSoon } from './floor';
import { readHandover } from './handover';
import { laneOfCall, type About, type Entry, type NewEntry } from './queue/entries';
import { forgetEntries, keepEntry, keptEntries } from './queue/kept';
import { putRight, Queue } from './queue/queue';
import { active, endSessions, leave, markAbsent, personOf } from './session';
import { beep } from './sound';
import { createStore } from './store';

const UNDO_START_MS = 10_000;
const UNDO_MS = 15_000;
/** What changes no card and no call. */
const ASIDE = new Set(['signOff', 'classify', 'handOver', 'takeOver']);

/** What can be taken back for a while. */
export interface Undo {
  entry: Entry;
  until: number;
}
export const undoable = createStore<Undo | null>(null);
/** A short word on what came of something. */
export interface Said {
  kind: 'ok' | 'note' | 'bad';
  entry?: Entry;
  text?: Text;
  values?: Record<string, string>;
  /** What was scanned may be this badge. */
  badge?: string;
}
export const said = createStore<Said | null>(null);

export const queue: Queue = new Queue({
  send(path, body, id, operator) {
    const person = personOf(operator);
    if (!person) throw new Problem(401, { code: 'not-signed-in' });
    return post(person.seat, path, body, id);
  },
  keep: keepEntry,
  forget: forgetEntries,
  absent: markAbsent,
  over(entry) {
    if (!ASIDE.has(entry.verb)) refreshSoon();
    if (entry.verb === 'report') lookForChecks();
    if (entry.verb === 'takeOver' || entry.verb === 'handOver') void readHandover();
    if (entry.verb === 'signOff') void endSessions(queue.waitingOf);
    if (entry.state === 'refused') beep('bad');
    const isNoted = entry.state === 'refused' || notesOf(entry).length > 0;
    if (isNoted) said.set({ kind: entry.state === 'refused' ? 'bad' : 'note', entry });
  },
  now: Date.now,
});

/** What the server found worth saying though it took it. */
export const notesOf = (entry: Entry): string[] =>
  [entry.answer?.warnings, entry.answer?.discrepancies].flatMap(list => (Array.isArray(list) ? (list as string[]) : []));

export async function startQueue(): Promise<() => void> {
  queue.load(await keptEntries());
  const wake = () => queue.wake();
  window.addEventListener('online', wake);
  const clock = setInterval(() => void endSessions(queue.waitingOf), 30_000);
  void endSessions(queue.waitingOf);
  return () => {
    window.removeEventListener('online', wake);
    clearInterval(clock);
  };
}

async function add(
  made: Pick<NewEntry, 'verb' | 'lane' | 'path' | 'body' | 'about'> & Partial<NewEntry>,
  undoMs = 0,
): Promise<void> {
  const operator = made.operator ?? active()?.code;
  if (!operator) return;
  const entry: NewEntry = { id: newId(), operator, at: new Date().toISOString(), timeMember: 'at', ...made };
  if (entry.body.reading !== 'Shown') beep('ok');
  const added = await queue.add(entry);
  if (undoMs > 0) undoable.set({ entry: added, until: Date.now() + undoMs });
}

const aboutOf = (card: DispatchCard, equipment: string): About => ({
  ...{ order: card.order, operation: card.operation, operationId: card.operationId, equipment },
});

export const start = (card: DispatchCard, equipment: string, activity: 'Run' | 'Setup') =>
  add(
    {
      verb: 'start',
      lane: card.operationId,
      path: paths.start(card.operationId),
      body: { signOnId: active()?.signOnId, equipment, activity },
      about: aboutOf(card, equipment),
    },
    UNDO_START_MS,
  );

const changeWork = (
  ...[verb, card, work, body]: [
    'pause' | 'resume' | 'finish' | 'withdraw',
    Pick<DispatchCard, 'operationId' | 'order' | 'operation'>,
    Pick<WorkOnCard, 'workId' | 'equipment' | 'operator'>,
    Record<string, unknown>?,
  ]
) =>
  add({
    ...{ verb, lane: card.operationId, workId: work.workId, path: paths.work(work.workId, verb), body: body ?? {} },
    operator: personOf(work.operator) ? work.operator : active()?.code,
    about: { ...aboutOf(card as DispatchCard, work.equipment), reason: body?.reason as string | undefined },
  });

export const pause = (card: DispatchCard, work: WorkOnCard, reason: string) => changeWork('pause', card, work, { reason });
export const resume = (card: DispatchCard, work: WorkOnCard) => changeWork('resume', card, work);
export const finish = (card: DispatchCard, work: WorkOnCard) => changeWork('finish', card, work);

export interface UsedUp {
  material: string;
  lot: string;
  quantity: number;
  unit: string;
  /** The piece that it went into, where that is said. */
  serial?: string;
  /** The piece of the material that was built in, where it has a serial number. */
  componentSerial?: string;
}
export interface NamedPiece {
  serial: string;
  result: 'Good' | 'Scrap' | 'Nonconforming';
}
/** The operator was shown a revision of the instruction, and says so much to it. */
export const read = (
  card: Pick<DispatchCard, 'operationId' | 'order' | 'operation'>,
  made: { revision: number; reading: 'Shown' | 'Understood' | 'Signed'; signature?: string },
) =>
  add({
    ...{ verb: 'read', lane: card.operationId, path: paths.read(card.operationId) },
    body: { signOnId: active()?.signOnId, ...made },
    about: { order: card.order, operation: card.operation, operationId: card.operationId },
  });

const FINDINGS_MAX = 1_000;

/** What was found at the pieces of an inspection. */
export async function measure(check: Check, findings: readonly Finding[]): Promise<void> {
  for (let at = 0; at < findings.length; at += FINDINGS_MAX)
    await add({ ...ofCheck(check, 'measure'), body: { findings: findings.slice(at, at + FINDINGS_MAX) } });
}

/** The verdict that the measurements call for. */
export const judge = (check: Check, { verdict, acceptedQuantity, rejectedQuantity }: Proposal) =>
  add({ ...ofCheck(check, 'judge'), body: { verdict, acceptedQuantity, rejectedQuantity } });

const ofCheck = ({ id, number, order, operation, equipment }: Check, verb: 'measure' | 'judge') => ({
  ...{ verb, lane: `check ${id}`, path: paths[verb](id), timeMember: undefined, workId: id },
  about: { order, operation, equipment, inspection: number },
});

export const handOver = (workCenter: string, text: string) =>
  add({
    ...{ verb: 'handOver', lane: `center ${workCenter}`, path: paths.handOver, body: { workCenter, text } },
    about: { equipment: workCenter },
  });

export const takeOver = (note: Pick<HandoverNote, 'id' | 'workCenter'>) =>
  add({
    ...{ verb: 'takeOver', lane: `center ${note.workCenter}`, path: paths.takeOver(note.id), body: {}, workId: note.id },
    about: { equipment: note.workCenter },
  });

export interface Reported {
  good: number;
  scrap: number;
  nonconforming: number;
  scrapReason: string | null;
  isRework: boolean;
  consumed: UsedUp[];
  /** The pieces, where they have serial numbers and are named. */
  serials: NamedPiece[];
  /** Of a report without work that was begun. */
  startedAt?: string;
}

/** Reports pieces: of work that was begun, or by itself. */
export function report(card: DispatchCard, equipment: string, work: WorkOnCard | undefined, made: Reported, ends: boolean) {
  const { good, scrap, nonconforming, startedAt, ...more } = made;
  const own = work
    ? { workId: work.workId, finishesWork: ends }
    : { signOnId: active()?.signOnId, equipment, activity: 'Run', startedAt: startedAt ?? new Date().toISOString() };
  return add(
    {
      verb: 'report',
      lane: card.operationId,
      workId: work?.workId,
      path: paths.report(card.operationId),
      body: { ...own, good, scrap, nonconforming, ...more },
      timeMember: 'endedAt',
      about: { ...aboutOf(card, equipment), pieces: { good, scrap, nonconforming, unit: card.unit } },
    },
    UNDO_MS,
  );
}

/** Takes back what can be: what was not sent is not sent, else the server is asked to. */
export async function undo({ entry }: Undo): Promise<void> {
  undoable.set(null);
  if (queue.takeBack(entry.id)) return beep('ok');
  const { lane, about, operator } = entry;
  const reason = 'taken back at the terminal';
  const same = { lane, about, operator, workId: entry.verb === 'report' ? entry.workId : entry.id };
  if (entry.verb === 'start') await add({ ...same, verb: 'withdraw', path: paths.work(entry.id, 'withdraw'), body: {} });
  if (entry.verb === 'report')
    await add({ ...same, verb: 'undo', path: paths.undo(entry.id), body: { reason }, timeMember: undefined });
  if (entry.verb === 'call') await answerCall('takeBackCall', entry.id, about);
  if (entry.verb === 'stop')
    await add({ ...same, verb: 'undoStop', path: paths.stopVerb(entry.id, 'withdraw'), body: { reason }, timeMember: undefined });
}

/** A report whose work could not be begun, as one that stands alone. */
export function reportAlone(entry: Entry): void {
  const begun = queue.entries.get().find(one => one.id === entry.workId);
  queue.again(entry.id, {
    ...entry.body,
    workId: undefined,
    finishesWork: undefined,
    signOnId: personOf(entry.operator)?.signOnId,
    equipment: entry.about.equipment,
    activity: 'Run',
    startedAt: begun ? putRight(begun.at) : entry.body.endedAt,
  });
}

export async function signOff(code: string): Promise<void> {
  const person = personOf(code);
  if (!person) return;
  const path = paths.signOff(person.signOnId);
  await add({ verb: 'signOff', lane: `presence ${code}`, path, body: {}, operator: code, about: {} });
  leave(code);
}

export const stopMachine = (equipment: string, reason: string | null, order?: Pick<DispatchCard, 'order' | 'operation'>) =>
  add(
    {
      verb: 'stop',
      lane: `unit ${equipment}`,
      path: paths.stop(equipment),
      body: { reason, operator: active()?.code, order: order?.order, operation: order?.operation },
      timeMember: 'startedAt',
      about: { equipment, reason: reason ?? undefined },
    },
    UNDO_MS,
  );

export const endStop = (equipment: string, id: string) =>
  add({
    ...{ verb: 'endStop', lane: `unit ${equipment}`, path: paths.stopVerb(id, 'end'), body: {}, timeMember: 'endedAt' },
    about: { equipment },
    workId: id,
  });

/** Gives a stop its reason: the whole of it, or what lies after a cut, by the server's clock. */
export const classifyStop = (equipment: string, id: string, reason: string, cut?: number) =>
  add({
    ...{ verb: 'classify', lane: `unit ${equipment}`, path: paths.stopVerb(id, 'classify'), timeMember: undefined },
    body: { reason, splitAt: cut === undefined ? undefined : new Date(cut).toISOString() },
    about: { equipment, reason },
    workId: id,
  });

/** Calls for help; it goes before all else that waits to be sent. */
export function callForHelp(kind: AndonCall['kind'], equipment: string, order?: Pick<DispatchCard, 'order' | 'operation'>) {
  const id = newId();
  return add(
    {
      ...{ id, verb: 'call', lane: laneOfCall(id), path: paths.call, timeMember: undefined },
      body: { kind, equipment, order: order?.order, operation: order?.operation },
      about: { equipment, kind, order: order?.order },
    },
    UNDO_MS,
  );
}

const ANSWERS = { come: 'acknowledge', resolve: 'resolve', takeBackCall: 'withdraw' } as const;
export const answerCall = (verb: keyof typeof ANSWERS, id: string, { equipment, kind }: Pick<About, 'equipment' | 'kind'>) =>
  add({
    ...{ verb, lane: laneOfCall(id), path: paths.callVerb(id, ANSWERS[verb]), body: {}, timeMember: undefined },
    about: { equipment, kind },
    workId: id,
  });
