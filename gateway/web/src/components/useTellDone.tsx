import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useNavigate } from 'react-router';
import { operationOf, type Method } from '@/lib/api/api';
import { command, read } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { VERBS } from '@/lib/words/actions';
import { inverseOf, type Done, type Inverse } from '@/lib/undo';
import { useUndo } from './useUndo';

const DONE: Text = ['已完成', 'Done'];
const DONE_TO: Text = ['{deed} · {subject}', '{deed} · {subject}'];
const CHANGED: Text = ['期间已有其他更改，未撤销', 'It was changed since: nothing was undone'];
const UNDONE: Text = ['已撤销', 'Undone'];

/** What a command made, and where it is. */
export interface Made {
  to: string;
  name: string;
}
interface Told {
  subject: string;
  made?: Made | null;
  method: Method;
  path: string;
  before: object | null;
  done: Done;
}

/** Says that a command was done, and offers to take it back where something does: better than to ask "are you sure?" before. */
export function useTellDone() {
  const t = useText();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const undo = useUndo();
  const takeBack = async ({ method, path, at, query, body }: Inverse, { answer }: Done) => {
    // A record that was changed since would lose that change
    if (method === 'put' && isShownAs(path) && !isSame(await read(path as never, { path: at as never }), answer)) {
      void message.warning(t(CHANGED));
      return;
    }
    await command(method, path as never, { path: at as never, query, body: body as never });
    void message.success(t(UNDONE));
    await client.invalidateQueries();
  };

  return ({ method, path, before, done, subject, made }: Told) => {
    const deed = t(VERBS[operationOf(method, path).id] ?? DONE);
    const words = subject ? t(DONE_TO, { deed, subject }) : deed;
    const said = made ? (
      <>
        {words} →{' '}
        <a
          href={made.to}
          onClick={event => {
            event.preventDefault(); // messages stand outside the pages
            void navigate(made.to);
          }}>
          {made.name}
        </a>
      </>
    ) : (
      words
    );
    const inverse = inverseOf(method, path, done, before);
    if (!inverse || !may(inverse.method, inverse.path as never)) {
      void message.success(said);
      return;
    }
    undo(JSON.stringify(done.path), words, () => takeBack(inverse, done));
  };
}

/** Whether a record is read where it is defined, as its definition answers. */
const isShownAs = (path: string) => {
  const shown = operationOf('get', path)?.answer?.ref;
  return shown !== undefined && shown === operationOf('put', path).answer?.ref;
};
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
