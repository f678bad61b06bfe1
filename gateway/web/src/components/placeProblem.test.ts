import type { FormInstance } from 'antd';
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@/lib/api/client';
import { placeProblem } from './placeProblem';

/** A form with these fields, and what is said at them. */
function formOf(...names: (string | number)[][]) {
  const setFields = vi.fn();
  const form = {
    getFieldsError: () => names.map(name => ({ name, errors: [], warnings: [] })),
    setFields,
    scrollToField: vi.fn(),
  };
  return { form: form as unknown as FormInstance, said: () => setFields.mock.calls[0]![0] as unknown };
}

describe('A refusal in a form', () => {
  it('is said at the fields within lists, each once, and nowhere else', () => {
    const { form, said } = formOf(['quantity'], ['steps', 0, 'code'], ['orderIds']);
    const errors = [
      { field: 'steps[0].code', value: null, hint: 'Give a name.' },
      { field: 'orderIds[1]', value: '', hint: 'Say why.' },
      { field: 'orderIds[2]', value: '', hint: 'Say why.' },
    ];
    expect(placeProblem(form, new Problem(400, { code: 'invalid-value', errors }), {})).toBe(true);
    expect(said()).toEqual([
      { name: ['steps', 0, 'code'], errors: ['Give a name.'] },
      { name: ['orderIds'], errors: ['Say why.'] },
    ]);
  });

  it('of a rule is said at the field that it is about', () => {
    const { form, said } = formOf(['order'], ['quantity']);
    expect(placeProblem(form, new Problem(422, { code: 'order-number-missing' }), { quantity: 1 })).toBe(true);
    expect(said()).toEqual([{ name: ['order'], errors: ['Give a number, or define the numbering of orders'] }]);
  });

  it('that is about no field of the form stays above it', () => {
    const { form } = formOf(['reason']);
    expect(placeProblem(form, new Problem(422, { code: 'order-not-open' }), { reason: 'x' })).toBe(false);
  });
});
