import { languageNow, say, type Text } from '../text';

/** What the checks of the services say of a field; `#` stands for a number. What is not here is told without its way out. */
const HINTS: readonly Text[] = [
  ['请选一个已有的角色', 'Name a role that there is.'],
  ['请输入终端显示的八位字母和数字', 'Type the eight letters and digits that the terminal shows.'],
  ['请给出上岗记录或已开始的作业', 'Name the sign-on, or the work that was begun.'],
  ['请给出设备或已开始的作业', 'Name the equipment, or the work that was begun.'],
  ['请说明是加工还是调试', 'Say whether it was a run or a setup.'],
  ['请给出开始时间', 'Say when the work began.'],
  ['请给出结束时间', 'Say when the work ended.'],
  ['请给出要结束的作业', 'Name the work that is over.'],
  ['优先级为 # 到 #', 'Use a priority from # to #.'],
  ['请填写原因', 'Say why.'],
  ['自动扣料须指定工步', 'Name the step at which it is taken by itself.'],
  ['最多 # 种替代料', 'Name at most # substitutes.'],
  ['每种替代料只列一次，且不能是物料本身', 'Name each substitute once, and not the component itself.'],
  ['件号从 # 起', 'Count pieces from #.'],
  ['末件不能在首件之前', 'The last piece must not lie before the first.'],
  ['每个装入件只列一次', 'Name each piece that is built in once.'],
  ['最多列出 # 件', 'Name at most # pieces.'],
  ['每件只列一次', 'Name each piece once.'],
  ['请说明查到的情况', 'Say what was found.'],
  ['请填写内容', 'Write something.'],
  ['请给出所显示的版本', 'Name the revision that was shown.'],
  ['请说明签的是什么', 'Say what is signed.'],
  ['只有签名时才发送签名', 'Send a signature only where the operator signs.'],
  ['请先用 PIN 签名', 'Sign with the PIN first.'],
  ['最多显示 # 个文件', 'Show at most # files.'],
  ['每个文件只显示一次', 'Show each file once.'],
  ['请填写名称', 'Give a name.'],
  ['最多 # 个字符', 'Use at most # characters.'],
  ['最多 # 位小数', 'Use at most # decimals.'],
  ['最多 # 个例外日', 'Use at most # exceptions.'],
  ['最多 # 个原因', 'Use at most # reasons.'],
  ['请填 # 到 #', 'Use # to #.'],
  ['请填 # 到 # %', 'Use # to # %.'],
  ['请用 # 到 # 位数字', 'Use # to # digits.'],
  ['请给出 # 到 # 个班次模式', 'Use # to # patterns.'],
  ['请填 # 秒到 # 天', 'Use # seconds to # days.'],
  ['容量为 # 到 #', 'Use a capacity from # to #.'],
  ['数量须大于 #', 'Use a quantity above #.'],
  ['数量不能小于 #', 'Use a quantity of # or more.'],
  ['数量为 # 到 #', 'Use a quantity from # to #.'],
  ['值为 # 到 #', 'Use a value from # to #.'],
  ['时间为 # 年到 # 年', 'Use a time from # to #.'],
  ['不能有控制字符、不可见字符或首尾空格', 'Use no control or invisible characters, and no spaces at the ends.'],
  [
    '请用 # 到 # 个可见字符，首尾无空格，且不能只是“.”或“..”',
    "Use # to # visible characters, no blanks at the ends, and not '.' or '..' alone.",
  ],
  ['请用 # 到 # 个字母、数字或 . _ - / : # + @', 'Use # to # letters, digits or . _ - / : # + @'],
  ['请选全量、增量或修复', 'Use Full, Incremental or Repair.'],
  ['请选仓库、线边或隔离区', 'Use Storage, LineSide or Quarantine; the virtual locations are there already.'],
  ['间隔应为 # 秒到一年，最大不小于最小', 'Use lags from # seconds to a year, the maximum not below the minimum.'],
  ['请给出 # 到 # 个检验项', 'Give # to # characteristics.'],
  ['请给出 # 到 # 个工步', 'Give # to # steps.'],
  ['请给出 # 到 # 道工序', 'Give # to # operations, none of them null.'],
  ['最多 # 种物料', 'Give at most # components.'],
  ['工步编号不能重复', 'Give each step a code of its own.'],
  ['工序编号不能重复', 'Give each operation a code of its own.'],
  ['结束不能早于开始；未恢复时请留空', 'Give an end that is not before the start, or none while it is down.'],
  ['时刻请写成 HH:mm', 'Give times of day as HH:mm, from # to #; an end may be #.'],
  ['结束不能早于开始', 'The end must not lie before the start.'],
  ['结束须晚于开始', 'End it after it begins.'],
  ['一次最多报 # 天', 'Report at most # days at once.'],
  ['报废会减少库存：请填小于 # 的数量', 'Scrap leaves stock: use a quantity below #.'],
  ['请选两个不同的库位', 'Name two different locations.'],
  ['请选上岗记录', 'Name the sign-on.'],
  ['请选工序', 'Name the operation.'],
  ['请选此工步的设备', 'Name only equipment of the step.'],
  ['请选设备，时间为 # 到 # 秒', 'Name equipment, and use seconds from # to #.'],
  ['请选产品，或给出工序，二者之一', 'Name either a product or operations.'],
  ['资源不能重复', 'Name each resource once.'],
  ['工单不能重复', 'Name each order once.'],
  ['更改不能重复', 'Name each change once.'],
  ['最多 # 个批次', 'Name at most # lots.'],
  ['最多 # 个', 'Name at most #.'],
  ['最多 # 台设备', 'Name at most # equipment units.'],
  ['最多 # 个工作中心', 'Name at most # work centers.'],
  ['请选本工艺路线的工步，或不选', 'Name a step of the routing, or none.'],
  ['请选 # 到 # 件', 'Name # to # units.'],
  ['请选 # 到 # 个工单', 'Name # to # orders.'],
  ['请选 # 到 # 道工序', 'Name # to # operations.'],
  ['请选 # 到 # 道要移动的工序，不能重复', 'Name # to # operations to move, each once.'],
  ['请选两道工序对调', 'Name two operations to swap.'],
  ['请选要安排的工单', 'Name the order to place.'],
  ['请选尽早或尽晚', 'Say whether the order is placed early or late.'],
  ['请选 # 到 # 台设备', 'Name # to # equipment units.'],
  ['请选 # 到 # 个方案', 'Name # to # scenarios.'],
  ['一次录入 # 到 # 个结果', 'Send # to # findings at a time.'],
  ['请选择图片', "Send the picture's bytes."],
  ['须有且只有一个入库工步', 'Mark exactly one step as the receipt.'],
  ['工序只能接在它前面的工序之后', 'Link an operation only to operations that stand before it.'],
  ['工步只能接在它前面的工步之后', 'Link a step only to steps that stand before it in the routing.'],
  ['文件名中不要有文件夹', 'Leave the folders out of the name.'],
  ['班次须有星期，时长为 # 到 # 分钟', 'A shift has a day from Monday to Sunday and # to # minutes.'],
  ['日历中有空项，请删除', 'A list of the calendar holds null; leave it out.'],
];
const CHINESE: ReadonlyMap<string, string> = new Map(HINTS.map(([zh, en]) => [en, zh]));

const WRONG: Text = ['此值不正确', 'This is not right'];
/** What was wrong with the form of a value, by what the service says of it. */
const FORMS: readonly (readonly [RegExp, Text])[] = [
  [/ is missing\./, ['请填写', 'Enter this']],
  [/UUID|one of /, ['请从列表中选择', 'Choose one that is offered']],
  [/number/, ['请填写范围内的数字', 'Enter a number within its range']],
  [/time/, ['请填写时间', 'Enter a time']],
  [/date/, ['请填写日期', 'Enter a date']],
  [/is empty\./, ['请至少给出一个', 'Give at least one']],
  [/twice/, ['不能重复', 'It is there twice']],
];

/** A number of its own; `#` and digits within a word stay. */
const NUMBER = /(?<![\w#])-?\d[\d,.:e]*(?=[\s%;]|\.?$)|(?<=\d:)\d+/g;

/** What a service says of a field, in the language of now and without the names of the interface. */
export function hintInWords(hint: string): string {
  if (hint.startsWith('$'))
    return say(FORMS.find(([pattern]) => pattern.test(hint.slice(hint.lastIndexOf('". ') + 1)))?.[1] ?? WRONG);
  if (languageNow() === 'en') return hint;
  const numbers = hint.match(NUMBER)?.map(one => one.replace(/[.,]$/, '')) ?? [];
  const known = CHINESE.get(hint.replace(NUMBER, one => (/[.,]$/.test(one) ? `#${one.at(-1)}` : '#')));
  return known ? known.replace(/#(?! \+)/g, () => numbers.shift() ?? '#') : say(WRONG);
}
