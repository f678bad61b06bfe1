import { Alert, Button } from 'antd';
import { Problem } from '@/lib/api/client';
import { useText, type Text } from '@/lib/text';
import { errorsOf, hintOf, valuesOf, wordsOf } from '@/lib/words/refusals';

const AGAIN: Text = ['重试', 'Try again'];

/** What is not permitted stays so, however often it is asked. */
const isForGood = (problem: unknown) => problem instanceof Problem && problem.status === 403;

/** Says what was refused, why, and how to go on. */
export function ProblemAlert({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const t = useText();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={wordsOf(problem)}
      description={[errorsOf(problem), hintOf(problem), valuesOf(problem)].filter(Boolean).join(' · ') || undefined}
      action={
        retry &&
        !isForGood(problem) && (
          <Button size="small" onClick={retry}>
            {t(AGAIN)}
          </Button>
        )
      }
    />
  );
}
