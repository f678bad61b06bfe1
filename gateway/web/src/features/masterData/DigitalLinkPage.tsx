import { Navigate, useLocation } from 'react-router';
import { Loaded, Page } from '@/components/Page';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { readDigitalLink } from '@/lib/gs1';
import { useText, type Text } from '@/lib/text';

const TITLE: Text = ['扫描的编码', 'A scanned code'];
const UNKNOWN: Text = ['没有产品使用此 GTIN：{gtin}', 'No product has this GTIN: {gtin}'];
const UNREADABLE: Text = ['这不是 GS1 数字链接', 'This is no GS1 Digital Link'];

/** Where the code on a label leads: to the piece or the lot that it names, else to the product. */
export function Component() {
  const t = useText();
  const { pathname } = useLocation();
  const link = readDigitalLink(pathname);
  const found = useRead('/api/work-orders/products', { query: { gtin: link?.gtin } }, link !== null);
  if (!link) return <Page title={TITLE}>{t(UNREADABLE)}</Page>;
  return (
    <Loaded reading={found}>
      {({ items: [product] }) => {
        if (!product) return <Page title={TITLE}>{t(UNKNOWN, { gtin: link.gtin })}</Page>;
        const { code } = product;
        const to = link.serial
          ? addressOf('/serials/one', {}, { product: code, serial: link.serial })
          : link.lot
            ? addressOf('/lots/one', {}, { material: code, lot: link.lot })
            : addressOf('/products/one', {}, { code });
        return <Navigate replace to={to} />;
      }}
    </Loaded>
  );
}
