import { Alert, Form, InputNumber } from 'antd';
import { useRead } from '@/lib/api/hooks';
import { number, useText, type Text } from '@/lib/text';

const PRESENT: Text = ['现存 {quantity} {unit}', 'In stock now: {quantity} {unit}'];
const AFTER: Text = ['调整后 {quantity} {unit}', 'After this: {quantity} {unit}'];
const COUNTED: Text = ['盘点数量', 'Counted quantity'];
const HELP: Text = [
  '填写点到的数量，差异自动算出；或直接填写差异',
  'Enter what was counted, and the difference follows; or enter the difference',
];
const NEGATIVE: Text = ['库存将为负', 'Stock would be below nothing'];
const DECIMALS = 1e6;

const rounded = (value: number) => Math.round(value * DECIMALS) / DECIMALS;

/** What lies there now and would lie there after; what was counted gives the difference that is booked. */
export function Counted({ values }: { values: Record<string, unknown> }) {
  const t = useText();
  const form = Form.useFormInstance();
  const text = (member: string) => (typeof values[member] === 'string' ? values[member] : '');
  const [material, location, lot] = [text('material'), text('location'), text('lot')];
  const stock = useRead(
    '/api/inventory/stock',
    { query: { material, location, ...(lot && { lot }), size: 100 } },
    material !== '' && location !== '',
  );
  if (!stock.data || !material || !location) return null;
  const rows = stock.data.items.filter(
    row => row.material === material && row.location === location && (!lot || row.lot === lot),
  );
  const present = rows.reduce((sum, row) => sum + row.onHand, 0);
  const unit = rows[0]?.unit ?? text('unit');
  const difference = typeof values.quantity === 'number' ? values.quantity : null;
  const after = difference === null ? null : rounded(present + difference);
  return (
    <>
      <Form.Item label={t(COUNTED)} help={t(HELP)} htmlFor="counted">
        <InputNumber
          id="counted"
          className="full"
          value={after}
          onChange={counted => form.setFieldValue('quantity', counted === null ? undefined : rounded(counted - present))}
        />
      </Form.Item>
      <Alert
        type={after !== null && after < 0 ? 'warning' : 'info'}
        showIcon
        title={[
          t(PRESENT, { quantity: number(present), unit }),
          after !== null && t(AFTER, { quantity: number(after), unit }),
          after !== null && after < 0 && t(NEGATIVE),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
    </>
  );
}
