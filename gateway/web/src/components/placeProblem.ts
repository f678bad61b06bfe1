import type { FormInstance } from 'antd';
import type { Problem } from '@/lib/api/client';
import { placesOf } from '@/lib/words/refusals';
import { pathOf } from './fields';

const fieldOf = (path: readonly (string | number)[]) =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index ? `.${part}` : part)).join('');

/** Says a refusal at the fields of a form that it is about. Answers whether all of it is said there. */
export function placeProblem(form: FormInstance, problem: Problem, sent: unknown): boolean {
  const fields = form.getFieldsError().map(({ name }) => fieldOf(name as (string | number)[]));
  const placed = placesOf(problem, sent, fields).map(({ field, text }) => ({
    // an item of a list that is one field is said at the field
    field: fields.includes(field) ? field : field.replace(/\[\d+\]$/, ''),
    text,
  }));
  const texts = new Map<string, string[]>();
  for (const { field, text } of placed)
    if (fields.includes(field)) texts.set(field, [...new Set([...(texts.get(field) ?? []), text])]);
  form.setFields([...texts].map(([field, errors]) => ({ name: pathOf(field), errors })));
  const [first] = texts.keys();
  if (first !== undefined) form.scrollToField(pathOf(first), { block: 'nearest', focus: true });
  return placed.every(({ field }) => texts.has(field));
}
