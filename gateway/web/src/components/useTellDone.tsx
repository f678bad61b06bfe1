import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { Method } from '@/lib/api/api';
import { command } from '@/lib/api/client';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { inverseOf, type Done, type Inverse } from '@/lib/undo';
import { wordsOf } from './Problem';

const DONE: Text = ['已完成', 'Done'];
const UNDO: Text = ['撤销', 'Undo'];
const UNDONE: Text = ['已撤销', 'Undone'];
const SECONDS_TO_UNDO = 10;

interface Told {
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
  const { message } = App.useApp();

  const takeBack = async ({ method, path, at, body }: Inverse, key: string) => {
    message.destroy(key);
    try {
      await command(method, path as never, { path: at as never, body: body as never });
      void message.success(t(UNDONE));
    } catch (problem) {
      void message.error(wordsOf(problem));
    }
    await client.invalidateQueries();
  };

  return ({ method, path, before, done }: Told) => {
    const inverse = inverseOf(method, path, done, before);
    if (!inverse || !may(inverse.method, inverse.path as never)) {
      void message.success(t(DONE));
      return;
    }
    const key = `undo ${path} ${JSON.stringify(done.path)}`;
    void message.success({
      key,
      duration: SECONDS_TO_UNDO,
      content: (
        <>
          {t(DONE)}{' '}
          <Button type="link" size="small" onClick={() => void takeBack(inverse, key)}>
            {t(UNDO)}
          </Button>
        </>
      ),
    });
  };
}
