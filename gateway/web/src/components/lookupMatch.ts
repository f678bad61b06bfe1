/** What can be chosen: its value, and how people call it. */
export interface Option {
  value: string;
  code: string;
  name: string;
  label: string;
}

const bare = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** The option that a typed text means: its code or name, or the only one that begins with it; undefined where it means none. */
export function matchOf(options: readonly Option[], typed: string): string | undefined {
  const text = bare(typed);
  if (text === '') return undefined;
  const is = (test: (word: string) => boolean) =>
    options.filter(one => [one.code, one.name, one.label].some(word => test(bare(word))));
  const isCode = options.filter(one => [one.code, one.value].some(word => bare(word) === text));
  for (const found of [isCode, is(word => word === text), is(word => word.startsWith(text)), is(word => word.includes(text))]) {
    if (found.length > 0) return found.length === 1 ? found[0]!.value : undefined;
  }
  return undefined;
}

/** What is called as was typed stands first: Enter takes the first. */
export const bestFirst = (options: readonly Option[], typed: string): Option[] => {
  const text = bare(typed);
  const rank = ({ code, name }: Option) =>
    text === '' ? 0 : bare(code) === text ? 0 : bare(name) === text ? 1 : bare(code).startsWith(text) ? 2 : 3;
  return options.toSorted((one, other) => rank(one) - rank(other));
};
