import { readScan } from '@/lib/gs1Scan';
import type { Text, Values } from '@/lib/text';
import { GS1_FAULTS } from './words';

/** What the terminal does with a scan. */
export type Meaning =
  | { kind: 'order'; order: string }
  /** The address of an order, as a traveller bears it. */
  | { kind: 'orderId'; id: string }
  | { kind: 'lot'; lot: string }
  | { kind: 'badge'; code: string }
  | { kind: 'wrong'; text: Text; values: Values; badge?: string };

const WRONG_LOT: Text = ['应扫描批次或序列号：{fault}', 'A lot or serial number was expected: {fault}'];
const NO_LOT: Text = ['应扫描批次或序列号，此码只有 GTIN', 'A lot or serial number was expected: this code has a GTIN only'];
const IS_ORDER: Text = ['应扫描批次或序列号，这是工单 {code}', 'A lot or serial number was expected: this is the order {code}'];
const WRONG: Text = [
  '此处没有工单 {code}。应扫描：派工单中的工单、流转卡或工牌',
  '{code} is no order here. Expected: an order of the list, its traveller, or a badge',
];
const LOT_ELSEWHERE: Text = [
  '批次只能在报工页扫描。应扫描：工单、流转卡或工牌',
  'A lot is scanned while a report is open. Expected: an order, its traveller, or a badge',
];

const orderIdIn = (text: string) => /^https?:\/\/[^/]+\/orders\/([0-9a-f-]{36})(?:\/|$)/i.exec(text)?.[1];

/** What a code means, by what is open: a badge where nobody is here, a lot on a sheet, an order on the list. */
export function meaningOf(code: string, at: 'signOn' | 'list' | 'sheet', orders: readonly string[]): Meaning {
  const reading = readScan(code);
  const text = code.trim();
  const order = orders.find(one => one.toLowerCase() === text.toLowerCase());
  if (at === 'signOn') return { kind: 'badge', code: text };
  if (at === 'sheet') {
    if (reading.kind === 'refused') return { kind: 'wrong', text: GS1_FAULTS[reading.fault], values: { at: reading.at } };
    if (reading.kind === 'plain')
      return order || orderIdIn(text)
        ? { kind: 'wrong', text: IS_ORDER, values: { code: text } }
        : /^https?:/.test(text)
          ? { kind: 'wrong', text: WRONG_LOT, values: { fault: text } }
          : { kind: 'lot', lot: text };
    const lot = reading.lot ?? reading.serial;
    return lot ? { kind: 'lot', lot } : { kind: 'wrong', text: NO_LOT, values: {} };
  }
  if (order) return { kind: 'order', order };
  const id = orderIdIn(text);
  if (id) return { kind: 'orderId', id };
  if (reading.kind !== 'plain') return { kind: 'wrong', text: LOT_ELSEWHERE, values: {} };
  return { kind: 'wrong', text: WRONG, values: { code: text }, badge: text };
}
