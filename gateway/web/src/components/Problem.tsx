import { Alert, Button } from 'antd';
import { useText, type Text } from '@/lib/text';
import { errorsOf, hintOf, valuesOf, wordsOf } from '@/lib/words/refusals';

const AGAIN: Text = ['重试', 'Try again'];

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
        retry && (
          <Button size="small" onClick={retry}>
            {t(AGAIN)}
          </Button>
        )
      }
    />
  );
}
