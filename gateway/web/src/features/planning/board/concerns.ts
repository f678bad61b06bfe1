import type { Text } from '@/lib/text';
import { DOWN_MS_UNKNOWN, type Bar, type Plan, type Unit } from './plan';

const DOWN: Text = ['设备停机', 'Its equipment is down'];
const HELD: Text = ['质量暂停', 'Quality blocks it'];
const SHORT: Text = ['缺料', 'Components are missing'];
const OVERDUE: Text = ['应已开工', 'It should have begun'];
const SHOWN_MAX = 200;

/** What may stop the plan soon, and why; the soonest first. */
export function concernsOf(plan: Plan, units: readonly Unit[], now: number): { bar: Bar; why: Text }[] {
  const down = new Map(units.filter(unit => unit.isDown).map(unit => [unit.equipment, unit.downUntil ?? now + DOWN_MS_UNKNOWN]));
  const found: { bar: Bar; why: Text }[] = [];
  for (const bar of plan.bars.values()) {
    const until = down.get(bar.equipment);
    if (until !== undefined && bar.setup < until) found.push({ bar, why: DOWN });
    if (bar.isHeld) found.push({ bar, why: HELD });
    if (bar.isShort) found.push({ bar, why: SHORT });
    if (bar.start < now && !bar.isRunning && bar.done === 0) found.push({ bar, why: OVERDUE });
  }
  return found.sort((one, other) => one.bar.start - other.bar.start).slice(0, SHOWN_MAX);
}
