import { say, type Text } from '../text';

/** Texts that the services write by themselves: reasons of holds and states, names of locations that come with the software. */
const SAYINGS: readonly (readonly [RegExp, Text])[] = [
  [/^(\S+) has failed$/, ['{one} 不合格', '{one} has failed']],
  [/^(\S+) must be passed first$/, ['须先通过 {one}', '{one} must be passed first']],
  [/^merged into (.+)$/, ['已并入 {one}', 'merged into {one}']],
  [/^all operations are done$/, ['所有工序已完成', 'all operations are done']],
  [/^Its job was deleted\.$/, ['后台作业已删除', 'Its job was deleted']],
  [/^Receiving area$/, ['收货区', 'Receiving area']],
  [/^Main store$/, ['主仓库', 'Main store']],
  [/^Suppliers$/, ['供应商', 'Suppliers']],
  [/^Production$/, ['生产', 'Production']],
  [/^Consumption$/, ['消耗', 'Consumption']],
  [/^Adjustments$/, ['盘点调整', 'Adjustments']],
  [/^Quarantine$/, ['隔离区', 'Quarantine']],
  [/^(Undone at once|立即撤销)$/, ['立即撤销', 'Undone at once']],
  [/^Scrap$/, ['报废', 'Scrap']],
];

/** A text in the language of now where the software has written it; what people wrote stays. */
export function sayingOf(text: string): string {
  for (const [pattern, words] of SAYINGS) {
    const found = pattern.exec(text);
    if (found) return say(words, { one: found[1] ?? '' });
  }
  return text;
}
