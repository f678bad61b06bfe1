import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { resolve, type Schema } from '@/lib/api/api';
import { Subject } from '@/lib/subject';
import { useText, type Text } from '@/lib/text';
import { titleOf } from '@/lib/duration';
import { Loading } from './Loading';
import { ProblemAlert } from './Problem';
import { Value } from './Value';

interface PageProps {
  title: Text | string;
  sub?: ReactNode;
  back?: { to: string; name: Text };
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: what it is about, what can be done, and what is there. */
export function Page({ title, sub, back, actions, children }: PageProps) {
  const t = useText();
  const name = typeof title === 'string' ? title : t(title);
  useEffect(() => {
    document.title = `${name} – Mes`;
  }, [name]);
  return (
    <Subject value={typeof title === 'string' ? title : ''}>
      <header className="page-head">
        {back && <Link to={back.to}>‹ {t(back.name)}</Link>}
        <h1>{name}</h1>
        {sub && <span className="sub">{sub}</span>}
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </Subject>
  );
}

export const Section = ({ title, extra, children }: { title: Text; extra?: ReactNode; children: ReactNode }) => {
  const t = useText();
  return (
    <section className="section">
      <h2>
        {t(title)} {extra}
      </h2>
      {children}
    </section>
  );
};

/** Members of a record with their names; what has no value takes no room. */
export function Facts({
  schema,
  record,
  members,
  links = {},
  names = {},
}: {
  schema: Schema;
  record: object;
  members?: string[];
  links?: Record<string, string | undefined>;
  /** What a value is called that is an identity in itself. */
  names?: Record<string, string | undefined>;
}) {
  const t = useText();
  const known = resolve(schema).properties ?? {};
  return (
    <div className="sheet padded">
      <dl className="facts">
        {(members ?? Object.keys(known))
          .filter(member => isThere((record as Record<string, unknown>)[member]))
          .map(member => {
            const shown = (record as Record<string, unknown>)[member];
            const value = names[member] ?? <Value schema={known[member] ?? {}} value={shown} member={member} />;
            return (
              <div key={member}>
                <dt>{t(titleOf(member))}</dt>
                <dd>{links[member] ? <Link to={links[member]}>{value}</Link> : value}</dd>
              </div>
            );
          })}
      </dl>
    </div>
  );
}

const isThere = (value: unknown) => value !== null && value !== undefined && value !== '';

interface Reading<T> {
  data?: T;
  error: unknown;
  isLoading: boolean;
  refetch: () => unknown;
}

/** What was read; until then its outline, and where it cannot be read why. */
export function Loaded<T>({ reading, children }: { reading: Reading<T>; children: (data: T) => ReactNode }) {
  if (reading.data !== undefined) return <>{children(reading.data)}</>;
  return reading.error ? (
    <ProblemAlert problem={reading.error} retry={() => void reading.refetch()} />
  ) : (
    <div className="sheet padded">
      <Loading rows={6} />
    </div>
  );
}
