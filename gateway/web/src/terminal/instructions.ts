import * as api from './api';
import { keepRead, readOrKept } from './queue/kept';

/** What is fetched ahead in one go, so that the lists do not wait for it. */
const AHEAD_MAX = 20;
const known = new Map<string, number>();
const keyOf = (operation: string) => `instruction ${operation}`;
let isFetching = false;

/** What an operation's instruction says: the newest, else what was kept here; null where there is neither. */
export const instructionOf = async (seat: number, operation: string): Promise<api.Instruction | null> =>
  (await readOrKept(keyOf(operation), () => fetched(seat, operation))) ?? null;

async function fetched(seat: number, operation: string) {
  const found = await api.instruction(seat, operation);
  known.set(operation, found.instruction.revision);
  return found;
}

/** Has the texts and pictures of the cards on this device, to be read without a connection. */
export async function fetchInstructions(seat: number, cards: readonly api.DispatchCard[]): Promise<void> {
  if (isFetching) return;
  isFetching = true;
  try {
    const missing = cards.filter(card => card.instructionRevision && known.get(card.operationId) !== card.instructionRevision);
    for (const card of missing.slice(0, AHEAD_MAX)) {
      const found = await fetched(seat, card.operationId);
      await keepRead(keyOf(card.operationId), found);
      for (const file of found.instruction.files.filter(one => one.contentType.startsWith('image/'))) {
        new Image().src = api.fileOf(seat, file.id); // the service worker keeps it
      }
    }
  } catch {
    /* away: with the next reading of the lists */
  } finally {
    isFetching = false;
  }
}
