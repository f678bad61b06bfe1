import { useSyncExternalStore } from 'react';
import { recall, remember } from '@/lib/memory';

/** Light or dark: as the user chose, else as their system has it. */
const preference = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let isDark = recall<boolean | null>('dark', null) ?? preference.matches;

function set(next: boolean) {
  isDark = next;
  listeners.forEach(listener => listener());
}
preference.addEventListener('change', event => recall<boolean | null>('dark', null) === null && set(event.matches));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useAppearance = () => ({
  isDark: useSyncExternalStore(subscribe, () => isDark),
  switchAppearance: () => {
    remember('dark', !isDark);
    set(!isDark);
  },
});
