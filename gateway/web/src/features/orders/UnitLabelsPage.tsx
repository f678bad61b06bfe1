import { useQuery } from '@tanstack/react-query';
import { Button, Empty, InputNumber } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Barcode } from '@/components/Barcode';
import { Loaded } from '@/components/Page';
import { PrintPage } from '@/components/PrintPage';
import { ProblemAlert } from '@/components/Problem';
import { addressOf, readAll } from '@/lib/api/client';
import { useRead, useVerb } from '@/lib/api/hooks';
import { digitalLink } from '@/lib/gs1';
import { useMay } from '@/lib/session';
import { number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { usePrints } from './usePrints';

const TITLE: Text = ['单件标签 {order}', 'Unit labels of {order}'];
const BACK: Text = ['工单', 'Order'];
const ALLOT: Text = ['分配 {count} 个序列号', 'Allot {count} serial numbers'];
const NONE: Text = ['还没有序列号。先分配，再打印。', 'No piece has a serial number yet. Allot them, then print.'];
const SERIALS = '/api/work-orders/orders/{id}/serials';
const SIZES = { '50 × 30 mm': '50mm 30mm', '70 × 40 mm': '70mm 40mm', '100 × 50 mm': '100mm 50mm' };
const FROM: Text = ['从第', 'From piece'];
const TO: Text = ['到第', 'to'];
const SHOWN_MAX = 200;
const ALLOTTED_MAX = 1000;

/** A label for each piece of an order, those of a range: its serial number for people, and in codes that a scanner reads. */
export function Component() {
  const t = useText();
  const may = useMay();
  const { id = '' } = useParams();
  const at = { id };
  const order = useRead('/api/work-orders/orders/{id}', { path: at });
  const code = order.data?.product ?? '';
  const product = useRead('/api/work-orders/products/{code}', { path: { code } }, code !== '');
  const serials = useQuery({
    queryKey: [SERIALS, id, 'all'],
    queryFn: ({ signal }) => readAll(addressOf(SERIALS, at), { signal }),
  });
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState<number | null>(null);
  const allot = useVerb('post', '/api/work-orders/orders/{id}/serials');
  const count = serials.data?.length ?? 0;
  const last = Math.min(to ?? count, count, from + SHOWN_MAX - 1);
  const prints = usePrints(id, 'UnitLabels', { firstPiece: from, lastPiece: Math.max(from, last) });
  return (
    <Loaded reading={order}>
      {({ order: name, quantity }) => (
        <Loaded reading={serials}>
          {all => {
            const missing = Math.min(Math.max(Math.floor(quantity) - all.length, 0), ALLOTTED_MAX);
            const items = (all as { serial: string }[]).slice(from - 1, last);
            return (
              <PrintPage
                title={t(TITLE, { order: name })}
                back={{ to: `/orders/${id}`, name: BACK }}
                sizes={SIZES}
                kind="label"
                file={['unit-labels', name]}
                isEmpty={items.length === 0}
                {...prints}
                actions={
                  <>
                    {all.length > 1 && (
                      <>
                        <InputNumber
                          prefix={t(FROM)}
                          aria-label={t(FROM)}
                          min={1}
                          max={all.length}
                          value={from}
                          onChange={value => setFrom(value ?? 1)}
                        />
                        <InputNumber
                          prefix={t(TO)}
                          aria-label={t(TO)}
                          min={from}
                          max={Math.min(all.length, from + SHOWN_MAX - 1)}
                          value={last}
                          onChange={setTo}
                        />
                      </>
                    )}
                    {missing > 0 && may('post', '/api/work-orders/orders/{id}/serials') && (
                      <Button loading={allot.isPending} onClick={() => allot.mutate({ path: at, body: {} })}>
                        {t(ALLOT, { count: number(missing) })}
                      </Button>
                    )}
                  </>
                }>
                {() => (
                  <>
                    {allot.error && <ProblemAlert problem={allot.error} />}
                    {items.length === 0 && <Empty description={t(NONE)} />}
                    {items.map(({ serial }) => (
                      <div className="paper label" key={serial}>
                        <Barcode kind="qrcode" text={linkOf(product.data?.gtin, serial) ?? serial} />
                        <div>
                          <div className="paper-title">{code}</div>
                          <div>
                            {t(nameOf('serial'))} <strong>{serial}</strong>
                          </div>
                          <Barcode kind="code128" text={serial} />
                        </div>
                      </div>
                    ))}
                  </>
                )}
              </PrintPage>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

const linkOf = (gtin: string | null | undefined, serial: string) =>
  gtin ? digitalLink(window.location.origin, { gtin, serial }) : null;
