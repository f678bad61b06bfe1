import { Fragment } from 'react';
import { Link } from 'react-router';
import { useText, type Text } from '@/lib/text';
import { mendsOf } from './mend';

const HERE: Text = ['处理：', 'Mend it at: '];

/** Links to where a step that is not planned can be mended. */
export function Mends({ step }: { step: Parameters<typeof mendsOf>[0] }) {
  const t = useText();
  return (
    <span className="muted">
      {t(HERE)}
      {mendsOf(step).map((mend, n) => (
        <Fragment key={mend.to}>
          {n > 0 && ' · '}
          <Link to={mend.to} onClick={event => event.stopPropagation()}>
            {t(mend.name)}
          </Link>
        </Fragment>
      ))}
    </span>
  );
}
