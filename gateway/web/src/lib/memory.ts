/** What this browser remembers for a user over a reload. A private window that refuses it forgets at the reload. */
const volatile = new Map<string, string>();

export function remember(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  volatile.set(key, text);
  try {
    localStorage.setItem(`mes.${key}`, text);
  } catch {
    /* kept above */
  }
}

export function recall<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`mes.${key}`) ?? volatile.get(key);
    return text === undefined ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

export function forget(key: string): void {
  volatile.delete(key);
  try {
    localStorage.removeItem(`mes.${key}`);
  } catch {
    /* not kept */
  }
}
