import { Problem } from '@/lib/api/client';
import * as api from './api';
import { fetchInstructions } from './instructions';
import { keepRead, keptRead } from './queue/kept';
import { active, here, markAbsent } from './session';
import { createStore } from './store';

export interface Listed {
  cards: api.DispatchCard[];
  hasMore: boolean;
  /** By this device's clock; what is shown is so old. */
  readAt: number;
}

/** The dispatch lists of the chosen equipment, and what the operator works on anywhere. */
export const lists = createStore<Record<string, Listed>>({});
export const ownWork = createStore<{ work: api.WorkView[]; readAt: number }>({ work: [], readAt: 0 });
/** Why the last reading failed; null where it did not. */
export const readProblem = createStore<Problem | null>(null);
/** Who calls for help and still waits, wherever. */
export const calls = createStore<api.AndonCall[]>([]);
export const units = createStore<api.Unit[]>([]);
export const reasons = createStore<api.Reason[]>([]);

/** What the operator is to check of what was made at the equipment here. */
export const checks = createStore<readonly api.Check[]>([]);

const REFRESH_MS = 30_000;
const GATHER_MS = 150;
/** Where one thing follows the other, as when a long queue drains, the lists are read no more often. */
const BETWEEN_MS = 1_000;
const RECONNECT_MS = 3_000;

let reading: Promise<void> | null = null;
let isAskedAgain = false;
let lastAsked = 0;
let soon: ReturnType<typeof setTimeout> | undefined;

/** What was read before the terminal was started again. */
export async function takeUpKept(): Promise<void> {
  lists.set({ ...((await keptRead<Record<string, Listed>>('lists')) ?? {}), ...lists.get() });
  units.set((await keptRead<api.Unit[]>('units')) ?? []);
  reasons.set((await keptRead<api.Reason[]>('reasons')) ?? []);
  checks.set((await keptRead<api.Check[]>('checks')) ?? []);
}

/** Reads once more; what is asked for meanwhile leads to one more reading. */
export function refresh(): Promise<void> {
  if (reading) {
    isAskedAgain = true;
    return reading;
  }
  reading = read().finally(() => {
    reading = null;
    if (!isAskedAgain) return;
    isAskedAgain = false;
    void refresh();
  });
  return reading;
}

export function refreshSoon(): void {
  const wait = Math.max(GATHER_MS, lastAsked + BETWEEN_MS - Date.now());
  soon ??= setTimeout(() => {
    soon = undefined;
    void refresh();
  }, wait);
}

async function read(): Promise<void> {
  const person = active();
  if (!person || person.isAbsent) return;
  const { seat, code } = person;
  try {
    const asked = (lastAsked = Date.now());
    const [work, waiting, , ...pages] = await Promise.all([
      api.openWork(seat, code),
      api.openCalls(seat).catch(() => calls.get()),
      readChecks(),
      ...here.get().units.map(async unit => [unit, await api.dispatch(seat, unit, code)] as const),
    ]);
    const read = pages.map(([unit, page]) => [unit, { cards: page.items, hasMore: page.next !== null, readAt: asked }] as const);
    calls.set(waiting);
    ownWork.set({ work, readAt: asked });
    lists.set(Object.fromEntries(read));
    readProblem.set(null);
    void keepRead('lists', lists.get());
    void fetchInstructions(
      seat,
      Object.values(lists.get()).flatMap(list => list.cards),
    );
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    readProblem.set(problem);
    if (problem.status === 401) markAbsent(code);
  }
}

/** What waits to be checked; whoever may not check is shown none. */
async function readChecks(): Promise<void> {
  const person = active();
  if (!person?.permissions.includes('quality.inspect')) return checks.set([]);
  try {
    checks.set((await Promise.all(here.get().units.map(unit => api.openChecks(person.seat, unit)))).flat());
    void keepRead('checks', checks.get());
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem; // away: those that are known stay
  }
}

const LOOK_MS = 1_500;
const LOOKS = 4;
let looksLeft = 0;

/** An inspection is opened a moment after its report has arrived, and nobody tells: it is looked for a few times. */
export function lookForChecks(): void {
  const isLooking = looksLeft > 0;
  looksLeft = LOOKS;
  if (!isLooking) setTimeout(() => void look(), LOOK_MS);
}

async function look(): Promise<void> {
  await readChecks();
  looksLeft -= 1;
  if (looksLeft > 0) setTimeout(() => void look(), LOOK_MS);
}

/** Names of the equipment and the reasons of stops change seldom. */
export async function readMasterData(seat: number): Promise<void> {
  const [known, why] = await Promise.all([api.unitsHere(seat), api.reasons(seat).catch(() => reasons.get())]);
  units.set(known);
  reasons.set(why);
  void keepRead('units', known);
  void keepRead('reasons', why);
}

const CONCERNS =
  /^event: (WorkChanged|ProductionReported|WorkOrder|SchedulePublished|QualityHold|Material|EquipmentAvailability|Andon|missed)/m;

/** Hears what happens and reads again; a slow clock does besides. Listening is by `fetch`: it takes the seat along. */
export function listen(): () => void {
  const stop = new AbortController();
  const clock = setInterval(() => void refresh(), REFRESH_MS);
  void follow(stop.signal);
  return () => {
    clearInterval(clock);
    stop.abort();
  };
}

async function follow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const person = active();
    try {
      if (person && !person.isAbsent) await hear(person.seat, signal);
    } catch {
      /* away: tried again */
    }
    await new Promise(wait => setTimeout(wait, RECONNECT_MS));
  }
}

async function hear(seat: number, signal: AbortSignal): Promise<void> {
  const answer = await fetch('/api/live', { headers: { Accept: 'text/event-stream', ...api.seated(seat) }, signal });
  if (!answer.ok || !answer.body) return;
  refreshSoon();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) if (CONCERNS.test(part.value)) refreshSoon();
}
