import { useSearchParams } from 'react-router';
import { Barcode } from '@/components/Barcode';
import { Loaded } from '@/components/Page';
import { PrintPage } from '@/components/PrintPage';
import { addressOf } from '@/lib/api/client';
import { useRead, useVerb } from '@/lib/api/hooks';
import { digitalLink } from '@/lib/gs1';
import { date, number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const TITLE: Text = ['批次标签 {lot}', 'Label of lot {lot}'];
const BACK: Text = ['批次', 'Lot'];
const SIZES = { '100 × 50 mm': '100mm 50mm', '70 × 40 mm': '70mm 40mm', '50 × 30 mm': '50mm 30mm' };

/** The label of a lot: what it is, how much, until when, and codes that a scanner reads. */
export function Component() {
  const t = useText();
  const [params] = useSearchParams();
  const [material, lot] = [params.get('material') ?? '', params.get('lot') ?? ''];
  const here = addressOf('/lots/one', {}, { material, lot });
  const at = { material, lot };
  const reading = useRead('/api/inventory/lots/{material}/{lot}', { path: at });
  const prints = useRead('/api/inventory/lots/{material}/{lot}/prints', { path: at, query: { size: 1 } });
  const record = useVerb('post', '/api/inventory/lots/{material}/{lot}/prints');
  // What is bought is no product of ours: then the code leads to the lot's page
  const products = useRead('/api/work-orders/products', { query: { search: material } });
  const gtin = products.data?.items.find(one => one.code === material)?.gtin;
  const link = gtin ? digitalLink(window.location.origin, { gtin, lot }) : null;
  return (
    <Loaded reading={reading}>
      {data => (
        <PrintPage
          title={t(TITLE, { lot })}
          back={{ to: here, name: BACK }}
          sizes={SIZES}
          kind="label"
          file={['lot', material, lot]}
          last={prints.data?.items[0]}
          record={() => record.mutateAsync({ path: at })}>
          {stamp => (
            <div className="paper label">
              <Barcode kind="qrcode" text={link ?? `${window.location.origin}${here}`} />
              <div>
                <div className="paper-title">{material}</div>
                <div>
                  {t(nameOf('lot'))} <strong>{lot}</strong>
                </div>
                <div>
                  {number(data.balances.filter(one => !one.isVirtual).reduce((sum, one) => sum + one.onHand, 0))} {data.unit}
                  {data.lot.expiresAt && ` · ${t(nameOf('expiresAt'))} ${date(data.lot.expiresAt)}`}
                </div>
                <Barcode kind="code128" text={lot} />
                {stamp}
              </div>
            </div>
          )}
        </PrintPage>
      )}
    </Loaded>
  );
}
