import { useRead, useVerb } from '@/lib/api/hooks';

/** The last print of a paper of an order, and how the next is counted. */
export function usePrints(
  id: string,
  paper: 'Traveller' | 'UnitLabels',
  pieces: { firstPiece?: number; lastPiece?: number } = {},
) {
  const prints = useRead('/api/work-orders/orders/{id}/prints', { path: { id }, query: { paper, size: 1 } });
  const record = useVerb('post', '/api/work-orders/orders/{id}/prints');
  return { last: prints.data?.items[0], record: () => record.mutateAsync({ path: { id }, body: { paper, ...pieces } }) };
}
