import { isCode } from '@/lib/code';
import type { Placed } from '@/lib/words/refusals';
import type { Text } from '@/lib/text';
import type { Draft, Step } from './draft';

/** What is wrong, by the field as the API names it: `steps[0].code`. */
export type Errors = Readonly<Record<string, Text>>;

const QUANTITY_MAX = 1_000_000_000;
const LAG_MAX = 365 * 86_400;
const STEPS_MAX = 500;
const SUBSTITUTES_MAX = 20;

/** The server's own words, and the same in Chinese. */
const WORDS = {
  code: [
    '请用 1 到 100 个可见字符，首尾无空格，且不能只是“.”或“..”',
    "Use 1 to 100 visible characters, no blanks at the ends, and not '.' or '..' alone.",
  ],
  steps: ['工步数应为 1 到 500', 'Give 1 to 500 steps.'],
  receipt: ['必须恰好有一个入库工步', 'Mark exactly one step as the receipt.'],
  ownCode: ['每个工步要有自己的编号', 'Give each step a code of its own.'],
  linksBack: ['只能跟随排在前面的工步', 'Link a step only to steps that stand before it in the routing.'],
  units: ['请指定 1 到 100 台设备', 'Name 1 to 100 equipment units.'],
  unitsOfStep: ['只能指定本工步的设备', 'Name only equipment of the step.'],
  quantity: ['请输入 0 到 1,000,000,000', 'Use a quantity from 0 to 1,000,000,000.'],
  above: ['数量必须大于 0', 'Use a quantity above 0.'],
  decimals: ['最多 6 位小数', 'Use at most 6 decimals.'],
  resources: [
    '请填写资源编号，数量为 1 到 10000',
    "Name resources by their codes, and use quantities from 1 to 10000. Use 1 to 100 visible characters, no blanks at the ends, and not '.' or '..' alone.",
  ],
  resourceOnce: ['每种资源只能出现一次', 'Name each resource once.'],
  lags: ['间隔应为 0 秒到一年，最大不小于最小', 'Use lags from 0 seconds to a year, the maximum not below the minimum.'],
  ofRouting: ['请选择本工艺路线的工步，或不选', 'Name a step of the routing, or none.'],
  components: ['最多 500 种物料', 'Give at most 500 components.'],
  flushedAt: ['自动扣料须指定工步', 'Name the step at which it is taken by itself.'],
  substituteOnce: ['每种替代料只列一次，且不能是物料本身', 'Name each substitute once, and not the component itself.'],
  substitutes: ['最多 20 种替代料', 'Name at most 20 substitutes.'],
  percent: ['请输入 0 到 100 %', 'Use 0 to 100 %.'],
  noTime: ['请写成 90 s、1:30 或 1.5 min', 'Write it as 90 s, 1:30 or 1.5 min'],
  time: ['时间应在 2000 到 2199 年', 'Use a time from 2000 to 2199.'],
} as const satisfies Record<string, Text>;

const hasSixDecimals = (value: number) => Math.abs(Math.round(value * 1e6) / 1e6 - value) < 1e-12 * Math.max(1, Math.abs(value));
const quantityError = (value: number) =>
  !(value >= 0 && value <= QUANTITY_MAX) ? WORDS.quantity : hasSixDecimals(value) ? null : WORDS.decimals;
const timeError = (seconds: number) => (Number.isNaN(seconds) ? WORDS.noTime : quantityError(seconds));

/** What the server would refuse, found while it is typed and said in the same words. */
export function errorsOf(draft: Draft): Errors {
  const errors: Record<string, Text> = {};
  const tell = (field: string, wrong: unknown, words: Text) => {
    if (wrong) errors[field] ??= words;
  };
  for (const member of ['code', 'revision', 'product'] as const) tell(member, !isCode(draft[member]), WORDS.code);
  tell('steps', draft.steps.length < 1 || draft.steps.length > STEPS_MAX, WORDS.steps);
  tell('steps', draft.steps.filter(step => step.isReceipt).length !== 1, WORDS.receipt);
  draft.steps.forEach((step, index) => {
    tell(`steps[${index}].code`, !isCode(step.code), WORDS.code);
    tell(
      `steps[${index}].code`,
      draft.steps.some((one, at) => at < index && one.code === step.code),
      WORDS.ownCode,
    );
    tellOfStep(step, `steps[${index}]`, draft.steps.slice(0, index), tell);
  });
  tell('components', draft.parts.length > STEPS_MAX, WORDS.components);
  draft.parts.forEach((part, index) => {
    const quantity = part.quantityPerUnit ?? 0;
    tell(`components[${index}].material`, !isCode(part.material), WORDS.code);
    tell(`components[${index}].unit`, !isCode(part.unit), WORDS.code);
    tell(`components[${index}].quantityPerUnit`, !(quantity > 0), WORDS.above);
    const wrong = quantityError(quantity);
    if (wrong) tell(`components[${index}].quantityPerUnit`, true, wrong);
    tell(`components[${index}].step`, part.step && !draft.steps.some(step => step.key === part.step), WORDS.ofRouting);
    tell(`components[${index}].step`, part.isBackflushed && part.step === null, WORDS.flushedAt);
    const others = part.substitutes.map(one => one.material);
    tell(`components[${index}].substitutes`, others.length > SUBSTITUTES_MAX, WORDS.substitutes);
    tell(`components[${index}].substitutes`, !others.every(isCode), WORDS.code);
    tell(`components[${index}].substitutes`, new Set([...others, part.material]).size <= others.length, WORDS.substituteOnce);
    tell(`components[${index}].substitutes`, !part.substitutes.every(one => one.ratio > 0), WORDS.above);
  });
  const tolerance = draft.policies.overQuantityTolerancePercent;
  tell('policies.overQuantityTolerancePercent', !(tolerance >= 0 && tolerance <= 100), WORDS.percent);
  return errors;
}

function tellOfStep(step: Step, at: string, before: Step[], tell: (field: string, wrong: unknown, words: Text) => void) {
  tell(`${at}.equipment`, step.units.length < 1 || step.units.length > 100, WORDS.units);
  step.units.forEach((unit, index) => {
    tell(`${at}.equipment[${index}]`, !isCode(unit.equipment), WORDS.code);
    for (const seconds of [unit.setupSeconds, unit.runSecondsPerUnit]) {
      const wrong = seconds === null ? null : timeError(seconds);
      if (wrong) tell(`${at}.equipment[${index}]`, true, wrong);
    }
  });
  tell(`${at}.setupFamily`, step.setupFamily !== '' && !isCode(step.setupFamily.trim()), WORDS.code);
  for (const member of ['setupSeconds', 'runSecondsPerUnit'] as const) {
    const wrong = timeError(step[member]);
    if (wrong) tell(`${at}.${member}`, true, wrong);
  }
  const isNeed = (need: Step['resources'][number]) => isCode(need.resource) && need.quantity >= 1 && need.quantity <= 10_000;
  tell(`${at}.planning.resources`, !step.resources.every(isNeed), WORDS.resources);
  const names = step.resources.map(need => need.resource);
  tell(`${at}.planning.resources`, new Set(names).size < names.length, WORDS.resourceOnce);
  const links = step.links ?? [];
  tell(
    `${at}.planning.links`,
    links.some(link => !before.some(one => one.key === link.after)),
    WORDS.linksBack,
  );
  const isLag = ({ minLagSeconds: min, maxLagSeconds: max }: (typeof links)[number]) =>
    min >= 0 && min <= LAG_MAX && (max === null || (max >= min && max <= LAG_MAX));
  tell(`${at}.planning.links`, !links.every(isLag), WORDS.lags);
}

/** What the server has refused, at its fields, in both languages where its words are known here. */
export function refusedFields(errors: readonly Placed[]): Errors {
  const known = new Map<string, Text>(Object.values(WORDS).map(words => [words[1], words]));
  return Object.fromEntries(
    errors
      .filter(error => error.field !== '')
      .map(error => [error.field.replace(/\.value$/i, ''), known.get(error.text) ?? ([error.text, error.text] as Text)]),
  );
}

/** Whether there is an error in a part of the record. */
export const hasErrorsIn = (errors: Errors, at: string) =>
  Object.keys(errors).some(field => field === at || field.startsWith(`${at}.`) || field.startsWith(`${at}[`));
export const countIn = (errors: Errors, ats: string[]) =>
  Object.keys(errors).filter(field => ats.some(at => field === at || field.startsWith(`${at}.`) || field.startsWith(`${at}[`)))
    .length;
