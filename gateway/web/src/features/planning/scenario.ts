import type { Answer } from '@/lib/api/api';
import { durationOf } from '@/lib/duration';
import { date, dateTime, number, say, type Text } from '@/lib/text';
import { valueOf } from '@/lib/words/words';

export type Change = Answer<'/api/scheduling/scenarios/{id}', 'get'>['changes'][number]['change'];
export type Figures = Answer<'/api/scheduling/scenarios/compare', 'get'>[number];
export type Kind = Change['kind'];
/** What orders and operations are called, by their ids. */
export type NamesById = ReadonlyMap<string, string>;

const SENTENCES: Readonly<Record<Kind, Text>> = {
  AddShift: ['日历 {calendar} 增加班次：{shift}', 'Calendar {calendar} gets a shift: {shift}'],
  RemoveShift: ['日历 {calendar} 取消班次：{shift}', 'Calendar {calendar} loses a shift: {shift}'],
  CloseDay: ['日历 {calendar} 在 {day} 不上班', 'Calendar {calendar} is closed on {day}'],
  OpenDay: ['日历 {calendar} 在 {day} 上班', 'Calendar {calendar} is worked on {day}'],
  StopEquipment: ['设备 {equipment} 停机：{from} 至 {until}', 'Equipment {equipment} is down from {from} to {until}'],
  AddEquipment: ['增加设备 {equipment}，与 {like} 相同', 'Equipment {equipment} is added, like {like}'],
  AddOrder: ['加入新工单：{quantity} × {product}{due}', 'A new order is placed: {quantity} × {product}{due}'],
  SetDue: ['工单 {order} 的交期改为 {until}', 'Order {order} is due at {until}'],
  SetPriority: ['工单 {order} 的优先级改为 {priority}', 'Order {order} gets priority {priority}'],
  SetQuantity: ['工单 {order} 的数量改为 {quantity}', 'Order {order} is for {quantity}'],
  Lock: ['{operation} 锁定在 {equipment}，{from} 开始', '{operation} is locked to {equipment}, starting {from}'],
  Unlock: ['{operation} 解除锁定', '{operation} is unlocked'],
};
const SHIFT: Text = ['{day} {from} 起 {length}', '{day} from {from} for {length}'];
const DUE: Text = ['，交期 {until}', ', due {until}'];
const UNKNOWN: Text = ['（已完成或已取消）', '(done or cancelled)'];

/** A change in a sentence, with the names that people know. */
export function changeInWords(change: Change, names: NamesById): string {
  const named = (id: string | null | undefined) => (id == null ? '' : (names.get(id) ?? say(UNKNOWN)));
  const at = (time: string | null | undefined) => (time == null ? '' : dateTime(time));
  return say(SENTENCES[change.kind], {
    calendar: change.calendar ?? '',
    equipment: change.equipment ?? '',
    like: change.like ?? '',
    product: change.product ?? '',
    order: named(change.orderId),
    operation: named(change.operationId),
    day: change.day == null ? '' : date(change.day),
    from: at(change.from),
    until: at(change.until),
    due: change.until == null ? '' : say(DUE, { until: at(change.until) }),
    priority: change.priority ?? '',
    quantity: change.quantity == null ? '' : number(change.quantity),
    shift: change.shift
      ? say(SHIFT, {
          day: valueOf(change.shift.day),
          from: change.shift.from.slice(0, 5),
          length: durationOf(change.shift.minutes * 60),
        })
      : '',
  });
}

/** What becomes of a change when the scenario is promoted. */
export type Fate = 'taken' | 'needed' | 'left';
/**
 * Locks are taken over with the plan. What the plan stands on must be there before: equipment, and time in which work is planned.
 * What belongs to orders, and a stop, stays a question of the scenario: nobody's order is changed by it.
 */
export const fateOf = ({ kind }: Pick<Change, 'kind'>): Fate =>
  kind === 'Lock' || kind === 'Unlock'
    ? 'taken'
    : kind === 'AddShift' || kind === 'OpenDay' || kind === 'AddEquipment'
      ? 'needed'
      : 'left';

export interface Row {
  member: string;
  name: Text;
  /** Whether less is better; null where neither is. */
  isLessBetter: boolean | null;
  isShare?: boolean;
  of: (figures: Figures) => number;
}

const plan =
  (member: 'lateOrders' | 'weightedTardinessSeconds' | 'setupSeconds' | 'workInProcessSeconds' | 'makespanSeconds') =>
  ({ plan }: Figures) =>
    plan[member];

/** The share of the open time of all equipment that is taken. */
export function utilizationOf({ equipment }: Pick<Figures, 'equipment'>): number {
  const open = equipment.reduce((sum, one) => sum + one.openSeconds, 0);
  return open === 0 ? 0 : equipment.reduce((sum, one) => sum + one.busySeconds, 0) / open;
}

export const ROWS: readonly Row[] = [
  { member: 'lateOrders', name: ['延误工单', 'Late orders'], isLessBetter: true, of: plan('lateOrders') },
  {
    member: 'weightedTardinessSeconds',
    name: ['加权延误', 'Tardiness, weighted'],
    isLessBetter: true,
    of: plan('weightedTardinessSeconds'),
  },
  { member: 'setupSeconds', name: ['换型时间', 'Setup time'], isLessBetter: true, of: plan('setupSeconds') },
  { member: 'utilization', name: ['设备利用率', 'Utilization'], isLessBetter: false, isShare: true, of: utilizationOf },
  {
    member: 'workInProcessSeconds',
    name: ['在制（各工单历时之和）', 'Work in process (sum over orders)'],
    isLessBetter: true,
    of: plan('workInProcessSeconds'),
  },
  { member: 'makespanSeconds', name: ['全部完成', 'Until all is done'], isLessBetter: true, of: plan('makespanSeconds') },
  {
    member: 'unplannedSteps',
    name: ['未排入工步', 'Steps not planned'],
    isLessBetter: true,
    of: figures => figures.plan.unplannedSteps,
  },
  { member: 'moved', name: ['移动工序', 'Operations moved'], isLessBetter: null, of: figures => figures.moved },
];

/** Which of the columns hold the best value of a row; none where all are the same, or none is better. */
export function bestOf(row: Row, all: readonly Figures[]): ReadonlySet<number> {
  const values = all.map(row.of);
  if (row.isLessBetter === null || new Set(values).size < 2) return new Set();
  const best = row.isLessBetter ? Math.min(...values) : Math.max(...values);
  return new Set(values.flatMap((value, n) => (value === best ? [n] : [])));
}
