import { say, type Text } from '../text';
import { NAMES } from './names';
import { VALUES } from './values';

const asWritten = (word: string): Text => [word, word];

/** What a member is called. One that has no word here is shown as the API names it. */
export const nameOf = (member: string): Text => NAMES[member] ?? asWritten(member);

/**
 * What a value is called, where its kind has no other word for it; codes of the plant are shown as they are. Of several values
 * each has its word; of one with a detail behind a comma the detail goes.
 */
export function valueOf(value: string, kind?: string): string {
  const wordOf = (one: string) => (kind && VALUES[`${kind}.${one}`]) || VALUES[one];
  const parts = value.split(', ').map(wordOf);
  if (parts.every(part => part !== undefined)) return parts.map(part => say(part)).join(', ');
  return say(wordOf(value) ?? parts[0] ?? asWritten(value));
}
