import type { Texts } from '../../text';

/** Refusals of equipment, calendars, stops and their reasons. */
export const EQUIPMENT: Texts = {
  'equipment-not-found': ['没有此设备', 'No equipment has this code'],
  'equipment-unit-not-found': ['没有此设备', 'There is no such equipment'],
  'equipment-retired': [
    '设备已报废，请先恢复使用，或换编号',
    'The equipment is retired: bring it back first, or take another code',
  ],
  'equipment-retired-already': ['设备已经报废', 'The equipment is retired already'],
  'equipment-not-retired': ['设备在用，无需恢复', 'The equipment is in use already'],
  'equipment-undefined': ['请先定义此设备', 'Define the equipment first'],
  'equipment-down': ['设备届时停机', 'The equipment is down by then'],
  'work-center-not-found': ['没有此工作中心', 'There is no such work center'],
  'calendar-not-found': ['没有此日历', 'There is no such calendar'],
  'calendar-inconsistent': [
    '日历不正确：时区不存在，或班次、休息重叠、为空或超出范围',
    'The calendar is wrong: there is no such zone, or shifts or breaks overlap, are empty or out of range',
  ],
  'downtime-not-found': ['没有此停机', 'There is no such stop'],
  'downtime-ended-already': ['停机已结束', 'The stop has ended already'],
  'downtime-ends-too-early': ['停机的结束早于开始或拆分时间', 'The stop would end before its start or its splits'],
  'downtime-withdrawn': ['停机已撤回，请重新录入', 'The stop was withdrawn: report it again'],
  'split-outside-downtime': ['拆分时间须在停机的开始与结束之间', 'Split it between its start and its end'],
  'reason-not-found': ['原因树中没有此原因', 'There is no such reason'],
  'reason-not-a-leaf': ['请选更具体的下级原因', 'Name one of the reasons below it'],
  'reason-in-use': ['此原因已用于停机，须保留且没有下级', 'Stops have this reason: keep it, with none below it'],
  'reasons-not-a-tree': ['原因不成树形：上级不存在或循环', 'The reasons are no tree: a parent is missing or in a circle'],
  'handover-note-not-found': ['没有此交接班记录', 'There is no such handover note'],
  'handover-note-acknowledged': ['已有人确认此记录', 'Somebody has acknowledged it before'],
  'own-handover-note': ['自己写的记录由接班人确认', 'Whoever takes over acknowledges it'],
  'andon-call-not-found': ['没有此安灯呼叫', 'There is no such call'],
  'call-acknowledged': ['已有人响应', 'Somebody is on the way already'],
  'call-closed': ['呼叫已关闭', 'The call is closed'],
  'first-step-late': ['第一步须为 0 分钟', 'The first step is at once: 0 minutes'],
  'steps-unordered': ['各步骤时间须递增', 'Each step comes later than the one before'],
  'call-of-another': ['只有呼叫人或响应人员可以撤回', 'Only who made the call, or answers calls, takes it back'],
};
