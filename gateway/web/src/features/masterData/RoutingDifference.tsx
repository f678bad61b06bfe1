import { durationOf, secondsOf } from '@/lib/duration';
import { number, say, useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';

const YES: Text = ['是', 'yes'];
const NO: Text = ['否', 'no'];
const ORDER: Text = ['顺序', 'Order'];
const WHERE: Text = ['改动处', 'Where'];
const SAME: Text = ['没有差别', 'They are the same'];

export interface Difference {
  where: string;
  before: string;
  after: string;
}

type Tree = { [member: string]: unknown };

/** What differs between two records, member by member; the items of lists are told apart by their code or material. */
export function differencesOf(before: unknown, after: unknown, where = ''): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isTree(before) && isTree(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(member =>
      differencesOf(before[member], after[member], where ? `${where}.${member}` : member),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isTree)) {
    const keys = new Set([...before, ...after].map(keyOf));
    const orders = [before, after].map(list => list.map(keyOf).filter(key => [before, after].every(has(key))));
    const isMoved = orders[0]!.join('\n') !== orders[1]!.join('\n');
    return [
      ...(isMoved ? [{ where: `${where}.order`, before: orders[0]!.join(' → '), after: orders[1]!.join(' → ') }] : []),
      ...[...keys].flatMap(key =>
        differencesOf(
          before.find(one => keyOf(one) === key),
          after.find(one => keyOf(one) === key),
          `${where}[${key}]`,
        ),
      ),
    ];
  }
  const member = where.split('.').at(-1);
  return [{ where, before: text(before, member), after: text(after, member) }];
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const has = (key: string) => (list: Tree[]) => list.some(one => keyOf(one) === key);
const keyOf = (item: Tree) =>
  String(item.code ?? item.material ?? item.equipment ?? item.resource ?? item.after ?? JSON.stringify(item));
/** A value in words; of what is new or gone as a whole its members. */
const text = (value: unknown, member = ''): string => {
  const seconds = secondsOf(member, value);
  if (seconds !== null) return durationOf(seconds);
  if (value === undefined || value === null || value === false) return value === false ? say(NO) : '–';
  if (value === true) return say(YES);
  if (Array.isArray(value)) return value.map(one => text(one)).join(', ') || '–';
  if (typeof value === 'number') return number(value);
  if (!isTree(value)) return typeof value === 'string' ? valueOf(value) : String(value);
  return Object.entries(value)
    .filter(([, one]) => one !== null && one !== undefined && one !== false)
    .map(([member, one]) => `${say(nameOf(member))} ${isTree(one) ? `(${text(one)})` : text(one, member)}`)
    .join(' · ');
};

/** `steps[turn].setupSeconds` in words. */
const placeOf = (where: string) =>
  (where.match(/\[(.*?)\](?=[.[]|$)|[^.[]+/g) ?? [])
    .map(part => (part.startsWith('[') ? part.slice(1, -1) : part === 'order' ? say(ORDER) : say(nameOf(part))))
    .join(' · ');

/** Two revisions side by side: only what differs. */
export function RoutingDifference({ before, after }: { before: { revision: string }; after: { revision: string } }) {
  const t = useText();
  const differences = differencesOf({ ...before, warnings: [], revision: '' }, { ...after, warnings: [], revision: '' });
  if (differences.length === 0) return <p className="muted">{t(SAME)}</p>;
  return (
    <div className="sheet padded">
      <table className="plain">
        <thead>
          <tr>
            <th>{t(WHERE)}</th>
            <th>{before.revision}</th>
            <th>{after.revision}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(one => (
            <tr key={one.where}>
              <td>{placeOf(one.where)}</td>
              <td>{one.before}</td>
              <td>
                <strong>{one.after}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
