import { useParams } from 'react-router';
import { Barcode } from '@/components/Barcode';
import { Loaded } from '@/components/Page';
import { Picture } from '@/components/Picture';
import { PrintPage } from '@/components/PrintPage';
import { useRead } from '@/lib/api/hooks';
import { dateTime, number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { usePrints } from './usePrints';

const TITLE: Text = ['流转卡 {order}', 'Traveller {order}'];
const BACK: Text = ['工单', 'Order'];
const OPERATOR: Text = ['操作工', 'Operator'];
const SIGNED: Text = ['签字 / 日期', 'Signature and date'];
const SIZES = { A4: 'A4', A5: 'A5 landscape', Letter: 'letter' };

/** The paper that goes with an order: what it is, its operations, and codes that a scanner reads. */
export function Component() {
  const t = useText();
  const { id = '' } = useParams();
  const reading = useRead('/api/work-orders/orders/{id}', { path: { id } });
  const prints = usePrints(id, 'Traveller');
  const head = (member: string) => t(nameOf(member));
  return (
    <Loaded reading={reading}>
      {order => (
        <PrintPage
          title={t(TITLE, { order: order.order })}
          back={{ to: `/orders/${id}`, name: BACK }}
          sizes={SIZES}
          kind="traveller"
          file={['traveller', order.order]}
          {...prints}>
          {stamp => (
            <div className="paper">
              <div className="paper-head">
                <div>
                  <div className="paper-title">{order.order}</div>
                  <Barcode kind="code128" text={order.order} />
                </div>
                <PrintedPicture code={order.product} />
                <Barcode kind="qrcode" text={`${window.location.origin}/orders/${order.id}`} />
              </div>
              <dl className="facts">
                {[
                  [head('product'), order.product],
                  [head('quantity'), `${number(order.quantity)} ${order.unit}`],
                  [head('lot'), order.lot],
                  [head('routing'), `${order.routing} / ${order.revision}`],
                  [head('dueAt'), order.dueAt ? dateTime(order.dueAt) : '–'],
                  [head('priority'), order.priority],
                ].map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              <table className="plain">
                <thead>
                  <tr>
                    {[
                      head('sequence'),
                      head('operation'),
                      head('equipment'),
                      head('good'),
                      head('scrap'),
                      t(OPERATOR),
                      t(SIGNED),
                    ].map(name => (
                      <th key={name}>{name}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {order.operations.map(operation => (
                    <tr key={operation.id}>
                      <td>{operation.sequence}</td>
                      <td>{operation.code}</td>
                      <td>{operation.equipment.join(' / ')}</td>
                      <td>{operation.good || ''}</td>
                      <td>{operation.scrap || ''}</td>
                      <td className="blank" />
                      <td className="blank" />
                    </tr>
                  ))}
                </tbody>
              </table>
              <p>{stamp}</p>
            </div>
          )}
        </PrintPage>
      )}
    </Loaded>
  );
}

/** What is to be made, where there is a picture of it. */
function PrintedPicture({ code }: { code: string }) {
  const product = useRead('/api/work-orders/products/{code}', { path: { code } });
  return product.data?.picture ? <Picture code={code} version={product.data.picture} side={100} alt={product.data.name} /> : null;
}
