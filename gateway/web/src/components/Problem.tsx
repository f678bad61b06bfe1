import { Alert, Button } from 'antd';
import { Problem } from '@/lib/api/client';
import { valuesOf, wordsOfCode } from '@/lib/refusal';
import { languageNow, say, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { PROBLEMS } from '@/lib/words/problems';

const UNEXPECTED: Text = ['系统出错，请联系管理员', 'A defect of the software: tell the administrator'];
const AGAIN: Text = ['重试', 'Try again'];
const AT_FIELD: Text = ['{field}：{hint}', '{field}: {hint}'];
const NOT_NOW: Text = ['现在不能执行', 'This cannot be done now'];

/** The refusal in words. */
export const wordsOf = (problem: unknown): string =>
  problem instanceof Problem ? wordsOfCode(problem.code, problem.message) : say(UNEXPECTED);

/** Why something cannot be done now, in both languages. */
export function reasonOf(code: string | null | undefined, hint: string | null | undefined): Text {
  const known = code ? PROBLEMS[code] : undefined;
  return known ?? [NOT_NOW[0], hint ?? NOT_NOW[1]];
}

/** What is said of single fields, with their names, where they are not at hand. */
const errorsOf = (problem: Problem): string =>
  problem.fieldErrors
    .map(({ field, hint }) => {
      const member = field.split(/[.[\]]+/).findLast(part => part !== '' && !/^\d+$/.test(part));
      return member ? say(AT_FIELD, { field: say(nameOf(member)), hint }) : hint;
    })
    .join(' · ');

/** The server's way out, which it tells in English. */
const hintOf = (problem: Problem) =>
  languageNow() === 'en' && PROBLEMS[problem.code] && problem.fieldErrors.length === 0 ? String(problem.body.hint ?? '') : '';

/** Says what was refused, why, and how to go on. */
export function ProblemAlert({ problem, retry, title }: { problem: unknown; retry?: () => void; title?: string }) {
  const t = useText();
  const more = problem instanceof Problem ? [errorsOf(problem), hintOf(problem), valuesOf(problem)] : [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title ?? wordsOf(problem)}
      description={more.filter(Boolean).join(' · ') || undefined}
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
