import { say, type Text } from '../text';
import { NAMES } from './names';
import { VALUES } from './values';

const asWritten = (word: string): Text => [word, word];

/** What a member is called. One that has no word here is shown as the API names it. */
export const nameOf = (member: string): Text => NAMES[member] ?? asWritten(member);

/** What a value is called, where its kind has no other word for it; codes of the plant are shown as they are. */
export const valueOf = (value: string, kind?: string): string =>
  say((kind && VALUES[`${kind}.${value}`]) || VALUES[value] || VALUES[value.replace(/,.*$/, '')] || asWritten(value));
