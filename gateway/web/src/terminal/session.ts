import { newId, Problem } from '@/lib/api/client';
import { recall, remember } from '@/lib/memory';
import * as api from './api';
import { createStore } from './store';

export type Me = Awaited<ReturnType<typeof api.me>>;

/** Somebody who is signed on at this terminal. */
export interface Person {
  /** The code under which the work is done: their own, or that for whom they act. */
  code: string;
  name: string;
  /** Which session is theirs; see `api.ts`. */
  seat: number;
  signOnId: string;
  permissions: string[];
  /** Signed off: the session lasts until what they did has arrived. */
  isLeaving?: boolean;
  /** The session has ended by itself: what is theirs waits for them. */
  isAbsent?: boolean;
}

export interface Here {
  people: Person[];
  active: string | null;
  units: string[];
}

const SEATS_MAX = 9;

export const here = createStore<Here>(recall('terminal', { people: [], active: null, units: [] }), now =>
  remember('terminal', now),
);
/** What the plant knows this terminal as; null: nothing, or not known yet. */
export const thisDevice = createStore<Awaited<ReturnType<typeof api.device>>>(null);
/** Who has signed in and has not said yet where they work. */
export const arriving = createStore<{ me: Me; seat: number } | null>(null);

export const isHere = (person: Person) => !person.isLeaving;
export const activeOf = (now: Here) => now.people.find(person => person.code === now.active && isHere(person));
export const active = () => activeOf(here.get());
export const personOf = (code: string) => here.get().people.find(person => person.code === code);
export const nameOf = (code: string) => personOf(code)?.name ?? code;

const changePerson = (code: string, by: Partial<Person>) =>
  here.change(now => ({ ...now, people: now.people.map(one => (one.code === code ? { ...one, ...by } : one)) }));

export const activate = (code: string) => here.change(now => ({ ...now, active: code }));
export const chooseUnits = (units: string[]) => here.change(now => ({ ...now, units }));
export const markAbsent = (code: string) => changePerson(code, { isAbsent: true });

/** A seat that nobody has. */
export function freeSeat(): number {
  const taken = new Set(here.get().people.map(person => person.seat));
  const free = Array.from({ length: SEATS_MAX }, (_, at) => at + 1).find(seat => !taken.has(seat));
  if (free === undefined) throw new Problem(422, { code: 'terminal-full' });
  return free;
}

/** Signs somebody on; their work goes on under the new session where they were here before. */
export async function signOn(me: Me, seat: number, operator: string, units: string[], id: string): Promise<void> {
  const station = units[0] ?? here.get().units[0] ?? '';
  const { id: signOnId } = await api.signOn(seat, operator, station, id);
  const before = personOf(operator);
  const name = operator === me.operator ? me.name : operator;
  const person: Person = { code: operator, name, seat, signOnId, permissions: me.permissions };
  here.change(now => ({
    people: [...now.people.filter(one => one.code !== operator), person],
    active: operator,
    units,
  }));
  arriving.set(null);
  if (before && before.seat !== seat) void api.signOut(before.seat).catch(() => undefined);
}

/** Somebody has shown who they are: who works under their own name, where equipment is chosen, is on at once. */
export async function arrive(me: Me, seat: number): Promise<void> {
  const { units } = here.get();
  const actsForOthers = me.permissions.includes('production.act-for-others');
  if (me.mustChangePassword || actsForOthers || units.length === 0 || !me.operator) {
    arriving.set({ me, seat });
    return;
  }
  try {
    await signOn(me, seat, me.operator, units, newId());
  } catch (problem) {
    arriving.set({ me, seat });
    throw problem;
  }
}

/** From now on nobody works under this name here; the session ends when all of it has arrived. */
export function leave(code: string): void {
  changePerson(code, { isLeaving: true });
  here.change(now => ({ ...now, active: now.people.find(isHere)?.code ?? null }));
}

/** Ends the sessions of those who have left and have nothing on its way. */
export async function endSessions(waitingOf: (code: string) => number): Promise<void> {
  for (const person of here.get().people.filter(one => one.isLeaving && waitingOf(one.code) === 0)) {
    try {
      await api.signOut(person.seat);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.isTemporary) continue; // tried again later
    }
    here.change(now => ({ ...now, people: now.people.filter(one => one !== personOf(person.code) || !one.isLeaving) }));
  }
}
