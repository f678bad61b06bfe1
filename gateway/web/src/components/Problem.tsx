import { Alert, Button } from 'antd';
import { Problem } from '@/lib/api/client';
import { languageNow, say, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { PROBLEMS } from '@/lib/words/problems';

const UNEXPECTED: Text = ['系统出错,请联系管理员', 'A defect of the software: tell the administrator'];
const REFUSED: Text = ['不能执行:{code}', 'This cannot be done: {code}'];
const AGAIN: Text = ['重试', 'Try again'];

/** The refusal in words: ours where the code is known, else the hint of the server. */
export function wordsOf(problem: unknown): string {
  if (!(problem instanceof Problem)) return say(UNEXPECTED);
  const known = PROBLEMS[problem.code];
  if (known) return say(known);
  return languageNow() === 'en' ? problem.message : `${say(REFUSED, { code: problem.code })} — ${problem.message}`;
}

/** Why something cannot be done now, in both languages. */
export function reasonOf(code: string | null | undefined, hint: string | null | undefined): Text {
  const known = code ? PROBLEMS[code] : undefined;
  return known ?? [hint ?? code ?? '–', hint ?? code ?? '–'];
}

const HIDDEN = new Set([
  ...['type', 'status', 'title', 'code', 'hint', 'traceId', 'errors', 'detail', 'instance', 'field', 'permission'],
]);

/** The values that a refusal names. */
function valuesOf(problem: unknown): string {
  if (!(problem instanceof Problem)) return '';
  return Object.entries(problem.body)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== null && typeof value !== 'object')
    .map(([name, value]) => `${say(nameOf(name))}: ${String(value)}`)
    .join(' · ');
}

/** The server's way out, which it tells in English. */
const hintOf = (problem: unknown) =>
  problem instanceof Problem && languageNow() === 'en' && PROBLEMS[problem.code] ? String(problem.body.hint ?? '') : '';

/** Says what was refused, why, and how to go on. */
export function ProblemAlert({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const t = useText();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={wordsOf(problem)}
      description={[hintOf(problem), valuesOf(problem)].filter(Boolean).join(' · ') || undefined}
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
