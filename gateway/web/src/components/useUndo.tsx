import { App, Button } from 'antd';
import { useText, type Text } from '@/lib/text';
import { wordsOf } from '@/lib/words/refusals';

const UNDO: Text = ['撤销', 'Undo'];
const SHOWN_SECONDS = 10;

/**
 * Tells that something was done to the thing of a key, and offers to undo it: nobody need be asked before. What was done to the
 * same thing earlier is no longer offered.
 */
export function useUndo() {
  const t = useText();
  const { message } = App.useApp();
  return (key: string, done: string, undo: () => Promise<unknown>) => {
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
