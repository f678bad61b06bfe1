import { createContext, useContext } from 'react';

/** What the record is called that a page or a row is about, so that forms say of which record they are. */
export const Subject = createContext('');
export const useSubject = () => useContext(Subject);

const NAMING = ['number', 'order', 'code', 'name', 'lot'];

/** What people call a record by. */
export function nameOfRow(row: unknown): string {
  const known = row as Record<string, unknown>;
  const member = NAMING.find(one => typeof known[one] === 'string' && known[one] !== '');
  return member ? String(known[member]) : '';
}
