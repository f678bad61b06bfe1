import { useSearchParams } from 'react-router';
import { Barcode } from '@/components/Barcode';
import { Loaded } from '@/components/Page';
import { PrintPage } from '@/components/PrintPage';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
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
  const reading = useRead('/api/inventory/lots/{material}/{lot}', { path: { material, lot } });
  return (
    <Loaded reading={reading}>
      {data => (
        <PrintPage title={t(TITLE, { lot })} back={{ to: here, name: BACK }} sizes={SIZES} kind="label">
          <Barcode kind="qrcode" text={`${window.location.origin}${here}`} />
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
          </div>
        </PrintPage>
      )}
    </Loaded>
  );
}
