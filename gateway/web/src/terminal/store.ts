import { useSyncExternalStore } from 'react';

/** A value that screens share and see change. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  change(by: (now: T) => T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(first: T, kept?: (value: T) => void): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    value = next;
    kept?.(next);
    listeners.forEach(listener => listener());
  };
  return {
    get: () => value,
    set,
    change: by => set(by(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
