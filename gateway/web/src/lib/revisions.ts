const NUMBER_MAX = 100;

/** What revisions are ordered by, as the server does: by name, but numbers by their value, so that 10 follows 9. */
const orderKey = (revision: string) => revision.replace(/\d+/g, digits => digits.replace(/^0+/, '').padStart(NUMBER_MAX, '0'));

/** Of each code the newest revision: the one that orders follow. */
export function newestOf<R extends { code: string; revision: string }>(revisions: readonly R[]): R[] {
  const newest = new Map<string, R>();
  for (const one of revisions) {
    const known = newest.get(one.code);
    if (!known || orderKey(one.revision) > orderKey(known.revision)) newest.set(one.code, one);
  }
  return [...newest.values()];
}
