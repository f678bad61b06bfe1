import type { Method } from './api/api';
import { say, type Text } from './text';

const AT_ONCE: Text = ['立即撤销', 'Undone at once'];

/** A command that was sent: its address, body and answer. */
export interface Done {
  path: Record<string, string>;
  query: object;
  body: Record<string, unknown>;
  answer: Record<string, unknown>;
}
/** The command that takes it back. */
export interface Inverse {
  method: Method;
  path: string;
  at: object;
  query: object;
  body: object;
}

const because = () => ({ reason: say(AT_ONCE) });
const post = (path: string, at: object, body: object = because()): Inverse => ({ method: 'post', path, at, query: {}, body });
const reversal = ({ answer }: Done) => post('/api/inventory/movements/{id}/reversal', { id: answer.movementId });

export const INVERSES: Readonly<Record<string, (done: Done) => Inverse>> = {
  'post /api/work-orders/orders/{id}/hold': ({ path }) => post('/api/work-orders/orders/{id}/resume', path),
  'post /api/work-orders/orders/{id}/resume': ({ path }) => post('/api/work-orders/orders/{id}/hold', path),
  'post /api/work-orders/operations/{id}/complete': ({ path }) => post('/api/work-orders/operations/{id}/reopen', path, {}),
  'post /api/work-orders/operations/{id}/reopen': ({ path }) => post('/api/work-orders/operations/{id}/complete', path, {}),
  'delete /api/work-orders/numbering/{kind}': ({ path, query, answer: { pattern, reset } }) => ({
    method: 'put',
    path: '/api/work-orders/numbering/{kind}',
    at: path,
    query,
    body: { pattern, reset },
  }),
  'post /api/equipment/units/{code}/retire': ({ path }) => post('/api/equipment/units/{code}/reinstate', path),
  'post /api/equipment/units/{code}/reinstate': ({ path }) => post('/api/equipment/units/{code}/retire', path),
  'post /api/equipment/units/{code}/downtimes': ({ answer }) => post('/api/equipment/downtimes/{id}/withdraw', { id: answer.id }),
  'post /api/quality/holds': ({ answer }) => post('/api/quality/holds/{id}/release', { id: answer.id }),
  'post /api/inventory/receipts': reversal,
  'post /api/inventory/moves': reversal,
  'post /api/inventory/returns': reversal,
  'post /api/inventory/adjustments': reversal,
  'post /api/scheduling/moves': ({ body }) => post('/api/scheduling/moves/undo', {}, { operationId: body.operationId }),
  'post /api/scheduling/locks': ({ body }) => post('/api/scheduling/locks/release', {}, { operationIds: body.operationIds }),
};

/** Changes of a record that say why they are made. */
export const CHANGES = new Set(['post /api/work-orders/orders/{id}/change']);

/** What takes a command back, where something does. `before` is what a change of a record found, null for a new record. */
export function inverseOf(method: Method, path: string, done: Done, before: object | null): Inverse | null {
  const key = `${method} ${path}`;
  if (INVERSES[key]) return INVERSES[key](done);
  // What says the version that it changes is a change of no other
  if (!before || 'basedOn' in before || !(method === 'put' || CHANGES.has(key))) return null;
  return { method, path, at: done.path, query: done.query, body: CHANGES.has(key) ? { ...before, ...because() } : before };
}
