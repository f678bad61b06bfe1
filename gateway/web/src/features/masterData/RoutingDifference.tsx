import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

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
    return [...keys].flatMap(key =>
      differencesOf(
        before.find(one => keyOf(one) === key),
        after.find(one => keyOf(one) === key),
        `${where}[${key}]`,
      ),
    );
  }
  return [{ where, before: text(before), after: text(after) }];
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const keyOf = (item: Tree) => String(item.code ?? item.material ?? item.resource ?? item.after ?? JSON.stringify(item));
const text = (value: unknown) =>
  value === undefined || value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);

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
            <th />
            <th>{before.revision}</th>
            <th>{after.revision}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(one => (
            <tr key={one.where}>
              <td>
                {one.where
                  .split('.')
                  .map(part => t(nameOf(part)))
                  .join(' · ')}
              </td>
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
