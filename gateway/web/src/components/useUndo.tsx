import { App, Button } from 'antd';
import { useText, type Text } from '@/lib/text';
import { wordsOf } from './Problem';

const UNDO: Text = ['撤销', 'Undo'];
const SHOWN_SECONDS = 10;

/** Tells that something was done, and offers to undo it: nobody need be asked before. */
export function useUndo() {
  const t = useText();
  const { message } = App.useApp();
  return (done: string, undo: () => Promise<unknown>) => {
    const key = crypto.getRandomValues(new Uint32Array(1)).join();
    void message.success({
      key,
      duration: SHOWN_SECONDS,
      content: (
        <>
          {done}{' '}
          <Button
            type="link"
            size="small"
            onClick={() => {
              message.destroy(key);
              undo().catch((problem: unknown) => void message.error(wordsOf(problem)));
            }}>
            {t(UNDO)}
          </Button>
        </>
      ),
    });
  };
}
