import { describe, expect, it } from 'vitest';
import { operationOf, resolve } from './api/api';
import { CHANGES, inverseOf, INVERSES } from './undo';

const done = {
  path: { id: '1', code: 'A', kind: 'Order' },
  query: { product: 'P' },
  body: { operationIds: ['7'] },
  answer: { id: '2', movementId: '3' },
};

describe('What takes a command back', () => {
  it.each(Object.keys(INVERSES))('%s: is a command of the API with all that it asks for', key => {
    const [method, path] = key.split(' ') as ['post', string];
    expect(operationOf(method, path), key).toBeDefined();
    const inverse = inverseOf(method, path, done, null)!;
    const operation = operationOf(inverse.method, inverse.path);
    expect(operation, inverse.path).toBeDefined();
    for (const [, name] of inverse.path.matchAll(/\{(\w+)\}/g)) expect(inverse.at).toHaveProperty(name!);
    for (const member of resolve(operation.body ?? {}).required ?? []) expect(inverse.body).toHaveProperty(member);
  });

  it('is the record as it was before, at the same address, for a change of it', () => {
    const before = { name: 'old' };
    expect(inverseOf('put', '/api/work-orders/numbering/{kind}', done, before)).toMatchObject({
      method: 'put',
      query: { product: 'P' },
      body: before,
    });
  });

  it.each([...CHANGES])('%s: says why', key => {
    const [method, path] = key.split(' ') as ['post', string];
    const inverse = inverseOf(method, path, done, { quantity: 1, priority: 0 })!;
    for (const member of resolve(operationOf(method, path).body ?? {}).required ?? [])
      expect(inverse.body).toHaveProperty(member);
  });

  it('is nothing where the record is changed by its version', () =>
    expect(inverseOf('put', '/api/quality/plans/{code}', done, { basedOn: 3 })).toBeNull());

  it('is nothing for a new record, and for what cannot be taken back', () => {
    expect(inverseOf('put', '/api/work-orders/products/{code}', done, null)).toBeNull();
    expect(inverseOf('post', '/api/work-orders/orders/{id}/cancel', done, { reason: 'x' })).toBeNull();
  });
});
