import type { Texts } from '../../text';

/** Refusals of inspections, holds and nonconformances. */
export const QUALITY: Texts = {
  'not-a-self-inspection': [
    '此检验由质量人员或班组长进行；操作工只做计划指定的自检',
    'This inspection is for Quality or a foreman; operators do the checks that the plan gives to them',
  ],
  'inspection-not-found': ['没有此检验', 'There is no such inspection'],
  'inspection-not-open': ['检验已结束', 'The inspection has ended'],
  'plan-changed-meanwhile': ['检验计划刚被他人更改，请重新读取', 'The inspection plan was changed meanwhile: read it again'],
  'plan-without-characteristics': ['请至少给出一个检验项', 'Give the plan at least one characteristic'],
  'characteristic-not-found': ['检验计划中没有此检验项', 'The plan has no such characteristic'],
  'characteristic-twice': ['检验项编号重复', 'Two characteristics have one code'],
  'characteristic-needs-value': ['请填写测量值', 'Enter the measured value'],
  'characteristic-not-measured': ['此检验项没有数值，请选合格与否', 'It has no value: say whether the piece conforms'],
  'characteristic-without-limit': [
    '计量检验项需要单位和至少一个界限',
    'A measured characteristic needs a unit and at least one limit',
  ],
  'attribute-with-limits': ['计数检验项不能有单位、标准值和界限', 'An attribute has no unit, nominal value or limits'],
  'limits-crossed': ['下限须小于上限', 'The lower limit must be below the upper one'],
  'nominal-outside-limits': ['标准值须在界限之内', 'The nominal value must lie within the limits'],
  'warning-outside-limits': [
    '警戒限须在界限之内，下小于上',
    'The warning limits must lie within the limits, the lower below the upper',
  ],
  'first-article-trigger': [
    '首件检验须由工单的首次报工触发',
    'A first-article inspection is opened by the first report of an order',
  ],
  'sampling-size-wrong': ['固定抽样至少 1 件；全检不填样本量', 'Fixed sampling needs at least 1; inspecting all takes no size'],
  'sample-out-of-range': ['样本序号超出样本量', 'The sample lies outside the sample size'],
  'finding-unclear': ['请填测量值或合格与否，二者之一', 'Give a value or a judgement, not both'],
  'measurements-missing': [
    '接收之前请测完所有样本；拒收可以立即进行',
    'Measure all sampled pieces before accepting any; rejecting is possible at once',
  ],
  'too-many-measurements': ['测量数过多，请分几次报工', 'Too many measurements: split the quantity into several reports'],
  'concession-not-permitted': [
    '您不能让步接收，请判超差件不合格',
    'You may not accept what is out of limits: reject these pieces',
  ],
  'verdict-quantities': [
    '合格与不合格数量须与判定相符，合计等于总数',
    'Accepted and rejected must fit the verdict and add up to the quantity',
  ],
  'hold-not-found': ['没有此暂停', 'There is no such hold'],
  'hold-released': ['暂停已解除', 'The hold was released before'],
  'hold-without-target': ['请指定批次、工单或工序', 'Name a lot, an order or an operation'],
  'lot-without-material': ['批次号须与物料一起指定', 'Name the material of the lot too'],
  'operation-without-order': ['请同时指定工序所属的工单', 'Name the order of the operation too'],
  'nonconformance-not-found': ['没有此不合格品记录', 'There is no such nonconformance'],
  'nonconformance-not-open': ['不合格品已关闭', 'The nonconformance is closed'],
  'nonconformance-undecided': ['还有未处置的数量，请先处置', 'Decide on the whole quantity first'],
  'disposition-exceeds-quantity': ['处置数量多于待处置数量', 'More than is undecided'],
};
