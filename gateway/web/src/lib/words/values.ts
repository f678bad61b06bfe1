import type { Text } from '../text';

/** What the values of the API are called: states, kinds, roles. A test holds it against the documents. */
export const VALUES: Readonly<Record<string, Text>> = {
  // orders and operations
  Planned: ['计划中', 'Planned'], Released: ['已下达', 'Released'], OnHold: ['暂停', 'On hold'], Completed: ['已完工', 'Completed'],
  ClosedShort: ['短结', 'Closed short'], Cancelled: ['已取消', 'Cancelled'], Waiting: ['等待', 'Waiting'], Started: ['已开工', 'Started'], Done: ['已完成', 'Done'],
  Run: ['加工', 'Run'], Setup: ['调试', 'Setup'], Off: ['不管控', 'Off'], Warn: ['警告', 'Warn'], Block: ['禁止', 'Block'],
  EndStart: ['完成后开始', 'End to start'], StartStart: ['同时开始', 'Start to start'], EndEnd: ['同时完成', 'End to end'],
  Hold: ['暂停', 'Hold'], Resume: ['恢复', 'Resume'], Change: ['更改', 'Change'], Split: ['拆分', 'Split'], Merge: ['合并', 'Merge'], Copy: ['复制', 'Copy'],
  Note: ['备注', 'Note'], Cancel: ['取消', 'Cancel'], Close: ['短结', 'Close short'], Orders: ['工单', 'Orders'], Lots: ['批次', 'Lots'], Serials: ['序列号', 'Serials'],
  Year: ['每年', 'Each year'], Month: ['每月', 'Each month'], Day: ['每天', 'Each day'], WrittenAt: ['时间', 'Written'],
  // discrepancies
  Open: ['未处理', 'Open'], Settled: ['已处理', 'Settled'], Covered: ['已补足', 'Covered'],
  // sorting
  FoundAt: ['发现时间', 'Found'], Kind: ['类型', 'Kind'], Order: ['工单', 'Order'], DueAt: ['交期', 'Due'], Priority: ['优先级', 'Priority'],
  Product: ['产品', 'Product'], EndedAt: ['结束时间', 'Ended'], ReportedAt: ['报工时间', 'Reported'], PlacedAt: ['暂停时间', 'Placed'], Number: ['编号', 'Number'],
  Plan: ['计划', 'Plan'], Material: ['物料', 'Material'], StartedAt: ['开始时间', 'Started'],
  // planning
  Full: ['全量', 'Full'], Incremental: ['增量', 'Incremental'], Repair: ['修复', 'Repair'], Running: ['运行中', 'Running'], Unchanged: ['无变化', 'Unchanged'],
  Failed: ['失败', 'Failed'], AddShift: ['增加班次', 'Add a shift'], RemoveShift: ['减少班次', 'Remove a shift'], CloseDay: ['停工一天', 'Close a day'],
  OpenDay: ['开工一天', 'Open a day'], StopEquipment: ['设备停用', 'Stop equipment'], AddEquipment: ['增加设备', 'Add equipment'], SetDue: ['改交期', 'Set the due date'],
  SetPriority: ['改优先级', 'Set the priority'], SetQuantity: ['改数量', 'Set the quantity'], Lock: ['锁定', 'Lock'], Unlock: ['解锁', 'Unlock'],
  Draft: ['草稿', 'Draft'], Promoted: ['已采用', 'Promoted'], Discarded: ['已放弃', 'Discarded'],
  None: ['无', 'None'], Monday: ['星期一', 'Monday'], Tuesday: ['星期二', 'Tuesday'], Wednesday: ['星期三', 'Wednesday'], Thursday: ['星期四', 'Thursday'],
  Friday: ['星期五', 'Friday'], Saturday: ['星期六', 'Saturday'], Sunday: ['星期日', 'Sunday'],
  // quality
  Variable: ['计量', 'Variable'], Attribute: ['计数', 'Attribute'], UseAsIs: ['让步接收', 'Use as is'], Rework: ['返工', 'Rework'], Scrap: ['报废', 'Scrap'],
  Return: ['退货', 'Return'], Active: ['有效', 'Active'], InProcess: ['过程检验', 'In process'], Final: ['最终检验', 'Final'], FirstArticle: ['首件检验', 'First article'],
  Accepted: ['合格', 'Accepted'], Rejected: ['不合格', 'Rejected'], PartlyAccepted: ['部分合格', 'Partly accepted'], Withdrawn: ['已撤回', 'Withdrawn'],
  EveryReport: ['每次报工', 'Every report'], FirstReport: ['首次报工', 'First report'], Within: ['合格', 'Within'], Warning: ['警戒', 'Warning'], Out: ['超差', 'Out'],
  Closed: ['已关闭', 'Closed'], All: ['全检', 'All'], Fixed: ['固定数量', 'Fixed number'], Accept: ['接收', 'Accept'], Reject: ['拒收', 'Reject'], Partial: ['部分接收', 'Partial'],
  // stock
  Storage: ['仓库', 'Storage'], LineSide: ['线边', 'Line side'], Quarantine: ['隔离区', 'Quarantine'], Supplier: ['供应商', 'Supplier'],
  Production: ['生产', 'Production'], Consumption: ['消耗', 'Consumption'], Adjustment: ['盘点调整', 'Adjustment'], Available: ['可用', 'Available'], Held: ['暂停', 'Held'],
  // equipment
  Inspection: ['检验', 'Inspection'], NotReported: ['未报工', 'Not reported'], Breakdown: ['故障', 'Breakdown'],
  // people
  user: ['用户', 'User'], operator: ['操作工', 'Operator'], 'api-client': ['接口程序', 'Program'], device: ['终端', 'Device'], system: ['系统', 'System'], unknown: ['未知', 'Unknown'],
  foreman: ['班组长', 'Foreman'], planner: ['计划员', 'Planner'], quality: ['质检员', 'Quality'], warehouse: ['仓管员', 'Warehouse'], maintenance: ['设备维修', 'Maintenance'],
  engineer: ['工艺工程师', 'Engineer'], personnel: ['人事', 'Personnel'], erp: ['ERP 系统', 'ERP'], administrator: ['管理员', 'Administrator'],
  // kinds of discrepancies and of what a card waits for
  sequence: ['多于上道工序交付', 'More than delivered before'], 'over-quantity': ['超出订单数量', 'More than ordered'], qualification: ['无此设备资质', 'Not qualified'],
  material: ['物料短缺', 'Material is missing'], 'equal-report': ['重复报工', 'Entered twice?'], 'order-not-open': ['工单未打开', 'Order not open'],
  'equipment-down': ['设备停机中', 'Equipment down'], 'ahead-of-predecessor': ['先于上道工序', 'Ahead of the one before'], 'consumption-short': ['消耗不足', 'Consumption short'],
  'reversal-short': ['冲销不足', 'Reversal short'], 'expired-lot-consumed': ['使用了过期批次', 'Expired lot consumed'], 'held-lot-consumed': ['使用了暂停批次', 'Held lot consumed'],
  'reserved-lot-expired': ['预留批次过期', 'Reserved lot expired'], 'wrong-unit': ['单位不符', 'Wrong unit'], 'order-on-hold': ['工单暂停', 'Order on hold'],
  predecessor: ['上道工序', 'Operation before'], pieces: ['没有剩余工件', 'No piece is left'], 'material-expired': ['物料过期', 'Material has expired'], equipment: ['设备停机', 'Equipment'],
  'signed-on-elsewhere': ['同时在别处上岗', 'Signed on elsewhere'],
  // why an operation does not start earlier, what asked for a plan, how it was found
  Nothing: ['无', 'Nothing'], Release: ['最早开工', 'Release date'], FrozenZone: ['冻结区', 'Frozen zone'], Predecessor: ['上道工序', 'Operation before'],
  Equipment: ['设备占用', 'Equipment'], Resource: ['资源占用', 'Resource'], Calendar: ['班次日历', 'Calendar'], Sequence: ['次序', 'Sequence'], MaxLag: ['最长间隔', 'Longest lag'],
  asked: ['人工请求', 'Asked for'], 'plan-at-night': ['夜间排程', 'At night'], event: ['事件', 'Event'], 'ruin and recreate': ['破坏重建', 'Ruin and recreate'],
  unclassified: ['未归类', 'Not classified'], 'unit-changed': ['单位已改', 'Unit changed'],
  // ledger
  'supplier-receipt': ['采购入库', 'Supplier receipt'], 'production-receipt': ['生产入库', 'Production receipt'], 'production-receipt-reversal': ['生产入库冲销', 'Receipt reversed'],
  'consumption-reversal': ['消耗冲销', 'Consumption reversed'], 'production-report': ['报工', 'Report'], issue: ['发料', 'Issue'], consumption: ['消耗', 'Consumption'],
  move: ['移库', 'Move'], adjustment: ['调整', 'Adjustment'], reversal: ['冲销', 'Reversal'], command: ['手工', 'By hand'], scrap: ['报废', 'Scrap'], return: ['退料', 'Return'],
};
