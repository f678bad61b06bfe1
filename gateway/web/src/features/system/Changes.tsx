import { Typography } from 'antd';

interface Change {
  table?: string;
  key?: unknown;
  old?: Record<string, unknown> | null;
  new?: Record<string, unknown> | null;
}

/** What an entry changed: old and new, member by member. */
export function Changes({ json }: { json: string }) {
  const changes = parse(json);
  if (!changes) return <Typography.Text code>{json}</Typography.Text>;
  return (
    <div className="wide">
      {changes.map((change, index) => (
        <div key={index}>
          <strong>{change.table}</strong>{' '}
          {membersOf(change).map(([member, before, after]) => (
            <span key={member} className="change">
              {member}: {before !== undefined && <del>{text(before)}</del>} {text(after)}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

const MEMBERS_MAX = 8;
const TEXT_MAX = 120;

function text(value: unknown): string {
  const shown = value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return shown.length > TEXT_MAX ? `${shown.slice(0, TEXT_MAX)}…` : shown;
}

function membersOf({ old, new: now }: Change): [string, unknown, unknown][] {
  const members = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  return members
    .filter(member => JSON.stringify(old?.[member]) !== JSON.stringify(now?.[member]))
    .slice(0, MEMBERS_MAX)
    .map(member => [member, old?.[member], now?.[member]]);
}

function parse(json: string): Change[] | null {
  try {
    const parsed = JSON.parse(json) as unknown;
    return Array.isArray(parsed) ? (parsed as Change[]) : null;
  } catch {
    return null;
  }
}
