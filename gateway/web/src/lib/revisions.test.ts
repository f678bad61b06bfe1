import { expect, it } from 'vitest';
import { newestOf } from './revisions';

it('The newest revision of each code is the last by name, with numbers by their value', () => {
  const all = ['9', '10', 'B/2', 'B/10', 'A'].map(revision => ({ code: revision.startsWith('B') ? 'B' : 'R', revision }));
  expect(newestOf(all).map(one => one.revision)).toEqual(['A', 'B/10']);
  expect(newestOf(['9', '007', '10'].map(revision => ({ code: 'R', revision })))[0]!.revision).toBe('10');
});
