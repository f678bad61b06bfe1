import type { Me } from '@/lib/session';

/** Accounts of the demo plant, one per role. An installation that is no demo has none. */
export function DemoAccounts(_: { onDone: (me: Me) => void }) {
  return null;
}
