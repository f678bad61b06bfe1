import { describe, expect, it } from 'vitest';
import { operationOf, resolve } from './api/api';
import { inverseOf, INVERSES } from './undo';

const done = { path: { id: '1', code: 'A' }, body: { operationIds: ['7'] }, answer: { id: '2', movementId: '3' } };

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

  it('is the record as it was before, for a change of it', () => {
    const before = { name: 'old' };
    expect(inverseOf('put', '/api/work-orders/products/{code}', done, before)).toMatchObject({ method: 'put', body: before });
  });

  it('is nothing for a new record, and for what cannot be taken back', () => {
    expect(inverseOf('put', '/api/work-orders/products/{code}', done, null)).toBeNull();
    expect(inverseOf('post', '/api/work-orders/orders/{id}/cancel', done, { reason: 'x' })).toBeNull();
  });
});
