import type { Text } from '@/lib/text';
import { dateTime, say } from '@/lib/text';
import { durationOf } from '@/lib/duration';
import type { Colouring, BarState, Lateness } from './colouring';
import type { Zoom } from './axis';
import type { Placed, Refusal } from './drag';
import type { Bar } from './plan';
import type { Step } from './useDraft';

export const ZOOM_NAMES: Readonly<Record<Zoom, Text>> = {
  shift: ['班', 'Shift'],
  day: ['日', 'Day'],
  week: ['周', 'Week'],
  month: ['月', 'Month'],
};
export const COLOURING_NAMES: Readonly<Record<Colouring, Text>> = {
  order: ['按工单着色', 'Colour: order'],
  product: ['按产品着色', 'Colour: product'],
  state: ['按状态着色', 'Colour: state'],
  lateness: ['按延误着色', 'Colour: lateness'],
  family: ['按换型族着色', 'Colour: setup family'],
};
export const STATE_NAMES: Readonly<Record<BarState, Text>> = {
  running: ['加工中', 'Running'],
  held: ['质量暂停', 'On quality hold'],
  short: ['缺料', 'Material short'],
  locked: ['已锁定', 'Locked'],
  waiting: ['待加工', 'Waiting'],
};
export const LATENESS_NAMES: Readonly<Record<Lateness, Text>> = {
  late: ['延误', 'Late'],
  tight: ['24 小时内到期', 'Within 24 h of its due date'],
  inTime: ['按期', 'In time'],
  noDue: ['无交期', 'No due date'],
};

const REFUSALS: Readonly<Record<Refusal['code'], Text>> = {
  running: ['正在加工，不能移动', 'Work on it has begun: it stays'],
  locked: ['已锁定，请先解锁', 'It is locked: unlock it first'],
  past: ['不能早于现在', 'Not before now'],
  frozen: ['在冻结区内', 'Within the frozen zone'],
  closed: ['此时设备不开班', 'The equipment is closed then'],
  wrongRow: ['不能放在这里', 'Not there'],
  equipment: ['该设备不能加工，可用：{allowed}', 'Cannot be done there; it can on {allowed}'],
  predecessor: ['上道工序 {time} 才完成', 'The operation before it ends at {time}'],
};
export const refusalInWords = (why: Refusal): string =>
  say(REFUSALS[why.code], {
    allowed: why.code === 'equipment' ? why.allowed.join(', ') : '',
    time: why.code === 'predecessor' ? dateTime(new Date(why.earliest)) : '',
  });

const PLACE: Text = ['{equipment} · {start} → {end}（{length}）', '{equipment} · {start} → {end} ({length})'];
const SWAP: Text = ['与 {name} 互换', 'Change places with {name}'];
const SAID: Text = ['{name}，{equipment}，{start} 至 {end}', '{name}, {equipment}, {start} to {end}'];
/** A bar as it is read out. */
export const barInWords = (bar: Bar): string =>
  say(SAID, {
    name: nameOf(bar),
    equipment: bar.equipment,
    start: dateTime(new Date(bar.start)),
    end: dateTime(new Date(bar.end)),
  });
export const nameOf = (bar: Bar) => `${bar.order} · ${bar.operation}`;
/** Minutes are exact enough for whoever drags. */
export const lengthOf = (from: number, to: number) => durationOf(Math.round((to - from) / 60_000) * 60);
export const placeInWords = (place: Placed): string =>
  say(PLACE, {
    equipment: place.equipment,
    start: dateTime(new Date(place.start)),
    end: dateTime(new Date(place.end)),
    length: lengthOf(place.setup, place.end),
  });
export const swapInWords = (bar: Bar): string => say(SWAP, { name: nameOf(bar) });

export const STEP_NAMES: Readonly<Record<Step['kind'], Text>> = {
  Move: ['移动', 'Move'],
  Swap: ['互换', 'Swap'],
  Lock: ['锁定', 'Lock'],
  Unlock: ['解锁', 'Unlock'],
  Unplan: ['移出计划', 'Take out of the plan'],
  PlanAgain: ['重新排入', 'Plan again'],
  PlaceOrder: ['工单尽早或尽晚', 'Place the order'],
};
