import * as api from './api';
import { units } from './floor';
import { readOrKept } from './queue/kept';
import { active, here } from './session';
import { createStore } from './store';

/** What shifts have left and nobody has acknowledged, at any work center. */
export const openNotes = createStore<api.HandoverNote[]>([]);

/** Reads them, or takes what was kept here. */
export async function readHandover(): Promise<boolean> {
  const person = active();
  if (!person) return false;
  openNotes.set((await readOrKept('handover', () => api.openNotes(person.seat))) ?? openNotes.get());
  return openNotes.get().some(note => centersHere().includes(note.workCenter) && note.writer !== person.code);
}

/** The work centers of the equipment that was chosen here. */
export const centersHere = (): string[] => [
  ...new Set(
    units
      .get()
      .filter(unit => here.get().units.includes(unit.code))
      .flatMap(unit => unit.workCenter ?? []),
  ),
];
