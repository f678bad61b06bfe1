import { Link } from 'react-router';
import { useRead } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';

/** An order by its number, where only its identity is known. */
export function OrderName({ id }: { id: string }) {
  const may = useMay()('get', '/api/work-orders/orders/{id}');
  const order = useRead('/api/work-orders/orders/{id}', { path: { id } }, may);
  return <Link to={`/orders/${id}`}>{order.data?.order ?? '…'}</Link>;
}
