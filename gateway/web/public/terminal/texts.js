import { load, save } from './store.js';

/** [Chinese, English] */
const texts = {
  title: ['生产终端', 'Production terminal'],
  language: ['English', '中文'],
  jobs: ['后台作业', 'Jobs'],
  signOut: ['签退', 'Sign off'],
  change: ['更换设备', 'Change equipment'],
  back: ['返回', 'Back'],
  // sign-on
  signOn: ['上岗登录', 'Sign on'],
  byBadge: ['▣ 工牌', '▣ Badge'],
  byPassword: ['⌨ 用户名', '⌨ User name'],
  badge: ['扫描或输入工牌号', 'Scan or enter the badge'],
  pin: ['PIN 码', 'PIN'],
  clear: ['清除', 'Clear'],
  userName: ['用户名', 'User name'],
  password: ['密码', 'Password'],
  next: ['继续', 'Continue'],
  newPassword: ['新密码(至少 12 个字符)', 'New password (at least 12 characters)'],
  mustChange: ['首次登录必须修改密码', 'Change the one-time password first'],
  operator: ['操作工编号', 'Operator code'],
  equipment: ['设备', 'Equipment'],
  chooseEquipment: ['请选择设备', 'Choose the equipment'],
  noEquipment: ['还没有设备或已下达的工单', 'There is no equipment and no released order yet'],
  signedOn: ['{operator} 已上岗:{equipment}', '{operator} is signed on at {equipment}'],
  // dispatch list
  dispatch: ['派工单', 'Dispatch list'],
  refresh: ['⟳ 刷新', '⟳ Refresh'],
  nothing: ['目前没有可做的工序', 'There is nothing to work on now'],
  more: ['只显示前 {count} 道工序,后面还有', 'The first {count} are shown; more follow them'],
  asOf: ['更新于 {time}', 'As of {time}'],
  stale: ['⚠ 数据已过时,更新于 {time}', '⚠ Out of date: as of {time}'],
  order: ['工单', 'Order'],
  part: ['产品', 'Part'],
  quantity: ['数量', 'Quantity'],
  done: ['已完成 {good} / {quantity} {unit}', '{good} of {quantity} {unit} done'],
  due: ['交期', 'Due'],
  planned: ['计划', 'Planned'],
  rush: ['‼ 加急', '‼ Rush'],
  ready: ['✔ 可以开工', '✔ Ready'],
  waits: ['▲ 等待:{reasons}', '▲ Waits for: {reasons}'],
  'waits.order-on-hold': ['工单暂停', 'order on hold'],
  'waits.predecessor': ['上道工序', 'operation before it'],
  'waits.pieces': ['没有剩余工件', 'no piece is left'],
  'waits.material': ['物料', 'material'],
  'waits.material-expired': ['物料已过期', 'material has expired'],
  'waits.quality': ['质量放行', 'quality release'],
  'waits.equipment': ['设备停机', 'equipment'],
  start: ['▶ 开始', '▶ Start'],
  report: ['✎ 报工', '✎ Report'],
  running: ['▶ 进行中,自 {time}', '▶ Running since {time}'],
  // report
  reportTitle: ['报工', 'Report production'],
  activity: ['活动', 'Activity'],
  Run: ['⚙ 加工', '⚙ Run'],
  Setup: ['⚒ 调试', '⚒ Setup'],
  good: ['合格数', 'Good'],
  scrap: ['报废数', 'Scrap'],
  nonconforming: ['待处理数(不合格)', 'Nonconforming'],
  rest: ['其余全部合格({rest})', 'All the rest is good ({rest})'],
  scrapReason: ['报废原因', 'Scrap reason'],
  'reason.': ['请选择', 'Choose one'],
  'reason.dimension': ['尺寸超差', 'Dimension'],
  'reason.surface': ['表面缺陷', 'Surface'],
  'reason.material': ['材料缺陷', 'Material defect'],
  'reason.setup': ['调试废品', 'Setup piece'],
  'reason.tool': ['刀具损坏', 'Tool break'],
  'reason.handling': ['搬运损伤', 'Handling'],
  'reason.other': ['其他', 'Other'],
  rework: ['返工', 'Rework'],
  startedAt: ['开始时间', 'Started'],
  endedAt: ['结束时间', 'Ended'],
  now: ['◷ 现在', '◷ Now'],
  send: ['✔ 提交', '✔ Send'],
  again: ['↻ 重新发送', '↻ Send again'],
  unconfirmed: [
    '尚未确认。请重新发送,同一报工只会记录一次。',
    'Not confirmed yet. Send it again: the same report counts once.'],
  taken: ['已记录。合格合计 {good},报废合计 {scrap}。', 'Recorded. Good so far {good}, scrap so far {scrap}.'],
  discrepancies: ['注意:{kinds}', 'Note: {kinds}'],
  'kind.sequence': ['多于上道工序交付的数量', 'more than the operation before has delivered'],
  'kind.over-quantity': ['超出订单数量', 'more than ordered'],
  'kind.qualification': ['没有此设备的资质', 'not qualified for this equipment'],
  'kind.material': ['物料短缺', 'components are missing'],
  'kind.equal-report': ['与另一条报工完全相同，可能重复', 'equal to another report: entered twice?'],
  'kind.order-not-open': ['工单已暂停或已关闭', 'the order is on hold or closed'],
  'kind.equipment-down': ['设备已报停机', 'the equipment is reported down'],
  undo: ['↶ 撤销上次报工', '↶ Undo the last report'],
  undone: ['已撤销', 'Undone'],
  endBeforeStart: ['结束时间早于开始时间', 'The end lies before the start'],
  reasonMissing: ['请选择报废原因', 'Choose the scrap reason'],
  nothingReported: ['请输入数量', 'Enter a quantity'],
  // problems, by code
  'problem.unreachable': ['无法连接服务器', 'The server cannot be reached'],
  'problem.wrong-credentials': ['工牌、用户名或密码不正确', 'Badge, name or secret is wrong'],
  'problem.pin-required': ['请输入 PIN 码', 'Enter the PIN'],
  'problem.locked-out': ['失败次数过多,账户已锁定几分钟', 'Too many failures: locked for some minutes'],
  'problem.too-many-requests': ['请求过多,请稍候', 'Too many requests: wait a moment'],
  'problem.not-signed-in': ['登录已结束,请重新登录', 'The session has ended: sign in again'],
  'problem.not-permitted': ['您没有此权限', 'You are not permitted to do this'],
  'problem.password-change-required': ['请先修改一次性密码', 'Change the one-time password first'],
  'problem.service-timeout': ['服务没有及时响应', 'The service did not answer in time'],
  'problem.database-timeout': ['数据库没有及时响应,请重试', 'The database did not answer in time: try again'],
  'problem.database-read-only': ['数据库暂时只读', 'The database takes no changes now'],
  'problem.database-unavailable': ['数据库暂时不可用', 'The database is not available now'],
  'problem.changed-meanwhile': ['数据刚被他人更改,请重试', 'It was changed meanwhile: try again'],
  'problem.unexpected': ['系统出错,请联系管理员', 'A defect of the software: tell the administrator'],
  'problem.disk-full': ['数据库磁盘已满,请通知管理员', 'The disk of the database is full: tell the administrator'],
  'problem.service-unavailable': ['服务暂时不可用', 'The service is not available now'],
  'problem.weak-password': ['密码太弱', 'This password is too weak'],
  'problem.operator-not-found': ['没有此操作工', 'No operator has this code'],
  'problem.operator-deactivated': ['此人员已停用,请联系管理员', 'This person was deactivated: tell the administrator'],
  'problem.operator-without-role': ['此人员没有车间角色,请联系管理员', 'This person has no role of the floor: tell the administrator'],
  'problem.sign-on-not-found': ['没有此上岗记录,请重新上岗', 'There is no such sign-on: sign on again'],
  'problem.sign-off-before-sign-on': ['离岗时间早于上岗时间', 'The sign-off lies before the sign-on'],
  'problem.operation-not-found': ['没有此工序', 'There is no such operation'],
  'problem.order-not-open': ['工单未打开', 'The order is not open'],
  'problem.equipment-not-found': ['没有此设备', 'No equipment has this code'],
  'problem.operation-not-done': ['此工序未完成，可直接报工', 'This operation is open: report on it'],
  'problem.wrong-unit': ['单位与工单不符', 'The unit is not the order’s'],
  'problem.invalid-value': ['输入的值无效', 'A value is not valid'],
  'problem.report-not-found': ['没有此报工', 'There is no such report'],
  'problem.undo-window-over': ['已超过撤销时限，请联系班组长', 'Too late to undo it here: ask a foreman'],
  'problem.acts-for-another': ['只能以本人身份操作，请联系班组长', 'Work under your own name, or ask a foreman'],
  'problem.sign-on-backdated': ['不能补登上岗时间，请联系班组长', 'Sign on as of now; a foreman enters earlier times'],
  'problem.not-at-this-terminal': ['此终端未绑定该设备', 'This terminal is bound to other equipment'],
  'problem.already-undone': ['此报工已撤销', 'This report has been undone before'],
  'problem.counter-report': ['撤销记录不能再撤销', 'A counter-report cannot be undone'],
  'problem.not-signed-on': ['开工时间不在上岗时间内', 'The work began outside your sign-on'],
  'problem.report-in-the-future': ['结束时间在未来', 'The end lies in the future'],
  'problem.sign-on-in-the-future': ['时间在未来，请检查设备时钟', 'The time lies in the future: check the clock of the device'],
  'problem.order-not-released': ['工单尚未下达', 'The order is not released'],
  'problem.operation-on-quality-hold': ['质量部门已暂停此工序', 'Quality has stopped this operation'],
  'problem.operator-not-qualified': ['您没有此设备的资质', 'You are not qualified for this equipment'],
  'problem.ahead-of-predecessor': ['请先报上道工序', 'Report the operation before it first'],
  'problem.over-quantity': ['超出订单数量', 'More than the ordered quantity'],
  'problem.material-missing': ['物料短缺', 'Components are missing'],
};

const languages = ['zh-CN', 'en'];

let language = load('language') ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
document.documentElement.lang = language;

/** The text in the language of this terminal; {name} is filled in. */
export function t(key, values = {}) {
  const text = texts[key]?.[languages.indexOf(language)] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** What a person should read of a refusal. */
export const problemText = problem =>
  `problem.${problem.code}` in texts ? t(`problem.${problem.code}`) : `${problem.message} (${problem.code})`;

export function switchLanguage() {
  language = languages[1 - languages.indexOf(language)];
  document.documentElement.lang = language;
  save('language', language);
}

export const number = value => new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(value);

export const time = at => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(at));

export const dateTime = at =>
  new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
