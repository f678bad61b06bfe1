import { addressOf } from '@/lib/api/client';
import type { Item } from '@/lib/api/api';
import type { Text } from '@/lib/text';

type Step = Pick<Item<'/api/scheduling/plans/{id}/unplanned'>, 'orderId' | 'order' | 'code'> & {
  values: Record<string, unknown>;
};

/** A place where what keeps a step out of the plan can be mended. */
export interface Mend {
  to: string;
  name: Text;
}

const ROUTINGS: Mend = { to: '/routings', name: ['工艺路线', 'Routings'] };
const CALENDARS: Mend = { to: '/calendars', name: ['日历', 'Calendars'] };
const BOARD: Mend = { to: '/board', name: ['计划板', 'Plan board'] };
const RESOURCES: Mend = { to: '/planning-setup', name: ['资源与换型', 'Resources and setups'] };

const orderOf = ({ orderId, order }: Step): Mend => ({ to: `/orders/${orderId}`, name: [`工单 ${order}`, `Order ${order}`] });
const unitsOf = ({ values }: Step): Mend[] => {
  const named = [values.overloaded ?? values.equipment ?? []].flat() as unknown[];
  return named
    .filter(code => typeof code === 'string')
    .map(code => ({ to: addressOf('/units/one', {}, { code }), name: [`设备 ${code}`, `Equipment ${code}`] }));
};

const BY_ROUTING = new Set([
  'no-alternative',
  'steps-of-one-name',
  'missing-setup-family',
  'precedence-cycle',
  'max-lag-below-min-lag',
  'max-lag-unreachable',
]);
const BY_TIME = new Set(['no-calendar-time', 'longer-than-every-window', 'equipment-overloaded', 'lock-in-closed-time']);

/** Where a step that cannot be planned is mended, the likeliest place first; its order always. */
export function mendsOf(step: Step): Mend[] {
  const { code } = step;
  if (code === 'taken-out') return [BOARD, orderOf(step)];
  if (BY_ROUTING.has(code)) return [ROUTINGS, ...unitsOf(step), orderOf(step)];
  if (BY_TIME.has(code)) return [CALENDARS, ...unitsOf(step), orderOf(step)];
  if (code.startsWith('lock-')) return [BOARD, ...unitsOf(step), orderOf(step)];
  if (code === 'demand-exceeds-capacity' || code === 'malformed-setup') return [RESOURCES, orderOf(step)];
  if (code === 'longer-than-horizon') return [orderOf(step), ROUTINGS];
  return [orderOf(step), CALENDARS];
}
