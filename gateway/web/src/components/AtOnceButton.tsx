import { Button } from 'antd';
import type { Method, Path } from '@/lib/api/api';
import type { Paths } from '@/lib/api/generated';
import { useVerb, type Sent } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { useTellDone } from './useTellDone';

interface AtOnceButtonProps<M extends Method, P extends Path<M> & keyof Paths> {
  label: Text;
  method: M;
  path: P;
  sent: Sent<M, P>;
  /** What the command changes, where it is undone by the same command. */
  before?: object;
  onProblem: (why: unknown) => void;
}

/** A verb that asks for nothing: done at once, with a way back. Who may not do it does not see it. */
export function AtOnceButton<M extends Method, P extends Path<M> & keyof Paths>(props: AtOnceButtonProps<M, P>) {
  const { label, method, path, sent, before = null, onProblem } = props;
  const t = useText();
  const may = useMay();
  const verb = useVerb(method, path);
  const tellDone = useTellDone();
  if (!may(method, path)) return null;
  const go = async () => {
    onProblem(null);
    try {
      const answer = (await verb.mutateAsync(sent)) as Record<string, unknown> | null;
      const done = {
        path: (sent.path ?? {}) as Record<string, string>,
        query: sent.query ?? {},
        body: sent.body as Record<string, unknown>,
      };
      tellDone({ method, path, subject: '', before, done: { ...done, answer: answer ?? {} } });
    } catch (problem) {
      onProblem(problem);
    }
  };
  return (
    <Button type="text" size="small" loading={verb.isPending} onClick={() => void go()}>
      {t(label)}
    </Button>
  );
}
