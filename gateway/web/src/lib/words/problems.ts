import type { Text } from '../text';
import { EQUIPMENT } from './problems/equipment';
import { ORDERS } from './problems/orders';
import { PEOPLE } from './problems/people';
import { PLANNING } from './problems/planning';
import { QUALITY } from './problems/quality';
import { STOCK } from './problems/stock';
import { SYSTEM } from './problems/system';

/** What refusals mean, by their stable code. A test holds it against the documents of the API. */
export const PROBLEMS: Readonly<Record<string, Text>> = {
  ...SYSTEM,
  ...ORDERS,
  ...PLANNING,
  ...QUALITY,
  ...STOCK,
  ...EQUIPMENT,
  ...PEOPLE,
};
