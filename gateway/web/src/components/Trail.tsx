import { useText, ago, dateTime, type Text } from '@/lib/text';
import {
  changesOf,
  deedOf,
  isOf,
  labelOf,
  partsOf,
  pathNameOf,
  recordNameOf,
  valueText,
  type Entry,
  type MemberChange,
  type RecordChange,
  type RecordOf,
} from '@/lib/trail';
import { sayingOf } from '@/lib/words/sayings';
import { nameOf, valueOf } from '@/lib/words/words';

const DETAILS: Text = ['详细', 'Details'];
const ADDED: Text = ['新增', 'new'];
const REMOVED: Text = ['删除', 'removed'];
const SYSTEM: Text = ['系统', 'The system'];
const ACTING_FOR: Text = ['代 {operator}', 'for {operator}'];
const ON_DEVICE: Text = ['终端 {device}', 'on device {device}'];
const OF_KIND: Text = ['（{kind}）', '({kind})'];
const MORE: Text = ['另有 {count} 项，见详细', '{count} more in the details'];
const WHY: Text = ['原因：', 'Why: '];
const MEMBERS_MAX = 10;
/** What is new is what it is called; what it is made of stands in the details. */
const NEW_MEMBERS_MAX = 5;
const TEXT_MAX = 200;

/** What was done, in the user's words. */
export function Deed({ entry }: { entry: Entry }) {
  return useText()(deedOf(entry.action));
}

/** Who did it: by name, and whether it was a person, a client or a device. */
export function Who({ entry }: { entry: Entry }) {
  const t = useText();
  const { actingFor } = partsOf(entry.action);
  if (entry.actorKind === 'system') return t(SYSTEM);
  return (
    <>
      {entry.actorName} <span className="muted">{t(OF_KIND, { kind: valueOf(entry.actorKind) })}</span>
      {actingFor && ` ${t(ACTING_FOR, { operator: actingFor })}`}
      {entry.device && <span className="muted"> · {t(ON_DEVICE, { device: entry.device.slice(0, 8) })}</span>}
    </>
  );
}

/** When: the time, and how long ago that is. */
export const When = ({ at }: { at: string }) => (
  <time dateTime={at}>
    {dateTime(at)} <span className="muted trail-ago">{ago(at)}</span>
  </time>
);

/** What an entry changed, of the records asked for first; the rest, and what only administrators ask for, behind the details. */
export function EntryChanges({ entry, of = [], records = 6 }: { entry: Entry; of?: readonly RecordOf[]; records?: number }) {
  const t = useText();
  const all = changesOf(entry.changes)?.map(change => ({
    ...change,
    members: change.members.filter(({ after }) => after === null || after !== entry.reason), // which is said above
  }));
  const own = all?.filter(change => of.some(record => isOf(change, record))) ?? [];
  const told = (own.length > 0 ? own : (all ?? [])).filter(isWorthTelling).slice(0, records);
  const rest = (all ?? []).filter(change => !told.includes(change));
  return (
    <>
      {told.map((change, index) => (
        <Change key={index} change={change} of={of} most={mostOf(change)} />
      ))}
      <details className="trail-details">
        <summary>{t(DETAILS)}</summary>
        {!all && <code>{entry.changes}</code>}
        {told
          .filter(change => change.technical.length > 0 || change.members.length > mostOf(change))
          .map((change, index) => (
            <Change
              key={index}
              change={{ ...change, members: [...change.members.slice(mostOf(change)), ...change.technical] }}
              of={of}
            />
          ))}
        {rest.map((change, index) => (
          <Change key={index} change={{ ...change, members: [...change.members, ...change.technical] }} of={of} />
        ))}
        <dl className="trail-origin">
          {(
            [
              ['action', entry.action],
              ['actorName', entry.actorName],
              ['actorId', entry.actorId],
              ['device', entry.device],
              ['id', entry.id],
            ] as const
          )
            .filter(([, value]) => value)
            .map(([member, value]) => (
              <div key={member}>
                <dt>{t(nameOf(member))}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </details>
    </>
  );
}

const mostOf = (change: RecordChange) => (change.kind === 'added' ? NEW_MEMBERS_MAX : MEMBERS_MAX);

const isWorthTelling = (change: RecordChange) => change.kind !== 'changed' || change.members.length > 0;

/** One record: its kind and name, and each member that changed. */
function Change({ change, of, most = Infinity }: { change: RecordChange; of: readonly RecordOf[]; most?: number }) {
  const t = useText();
  const left = change.members.length - most;
  return (
    <div className="trail-change">
      <span className="trail-record">
        {t(recordNameOf(change.table))} {labelOf(change, of)}
      </span>
      {change.kind !== 'changed' && <span className="muted"> · {t(change.kind === 'added' ? ADDED : REMOVED)}</span>}
      <ul className={change.kind === 'changed' ? undefined : 'trail-flow'}>
        {change.members.slice(0, most).map(member => (
          <Member key={member.path.join()} member={member} change={change} />
        ))}
        {left > 0 && <li className="muted">{t(MORE, { count: left })}</li>}
      </ul>
    </div>
  );
}

function Member({ member, change }: { member: MemberChange; change: RecordChange }) {
  const shown = (value: unknown) => {
    const text = valueText(value, change, member.path);
    return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
  };
  return (
    <li>
      <span className="trail-member">{pathNameOf(member.path)}</span>{' '}
      {change.kind !== 'added' && <del>{shown(member.before)}</del>}
      {change.kind === 'changed' && <span aria-hidden> → </span>}
      {change.kind !== 'removed' && <ins>{shown(member.after)}</ins>}
    </li>
  );
}

/** An entry on the line of time. */
export function TrailEntry({ entry, of }: { entry: Entry; of: readonly RecordOf[] }) {
  const t = useText();
  return (
    <li className="trail-entry">
      <div className="trail-head">
        <strong>
          <Deed entry={entry} />
        </strong>
        <When at={entry.at} />
      </div>
      <div>
        <Who entry={entry} />
      </div>
      {entry.reason && (
        <p className="trail-why">
          <span className="muted">{t(WHY)}</span>
          {sayingOf(entry.reason)}
        </p>
      )}
      <EntryChanges entry={entry} of={of} />
    </li>
  );
}
