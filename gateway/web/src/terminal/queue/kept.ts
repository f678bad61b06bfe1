import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry } from './entries';

interface Kept extends DBSchema {
  entries: { key: string; value: Entry };
  /** What was read last, to be shown without a connection. */
  read: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<Kept> | null> | undefined;

/** A browser that keeps nothing (a private window) is worked with, but forgets at a reload. */
const database = () =>
  (opened ??= openDB<Kept>('mes-terminal', 1, {
    upgrade(db) {
      db.createObjectStore('entries', { keyPath: 'id' });
      db.createObjectStore('read');
    },
  }).catch(() => null));

export async function keptEntries(): Promise<Entry[]> {
  const entries = (await (await database())?.getAll('entries')) ?? [];
  return entries.sort((a, b) => a.seq - b.seq);
}

export const keepEntry = async (entry: Entry) => {
  await (await database())?.put('entries', entry);
};

export const forgetEntries = async (ids: readonly string[]) => {
  const all = (await database())?.transaction('entries', 'readwrite');
  if (!all) return;
  await Promise.all([...ids.map(id => all.store.delete(id)), all.done]);
};

export const keepRead = async (key: string, value: unknown) => {
  await (await database())?.put('read', value, key);
};

export const keptRead = async <T>(key: string) => (await (await database())?.get('read', key)) as T | undefined;

/** What is read now, and kept; else what was kept here; undefined where there is neither. */
export async function readOrKept<T>(key: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    const found = await read();
    void keepRead(key, found);
    return found;
  } catch {
    return keptRead<T>(key);
  }
}
