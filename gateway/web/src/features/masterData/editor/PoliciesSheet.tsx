import { InputNumber, Segmented, Switch } from 'antd';
import { useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';
import type { Policies } from './draft';
import { Wrong } from './parts';
import type { SheetProps } from './StepSheet';

type Rule = 'sequence' | 'overQuantity' | 'qualification' | 'material' | 'serials' | 'instruction';
type Level = Policies[Rule] & string;

/** What each choice means on the floor, in a plain sentence. */
const SENTENCES: Readonly<Record<Rule, Readonly<Record<Level, Text>>>> = {
  sequence: {
    Off: ['工步可报任意数量，不看前道。', 'A step may report any number of pieces, whatever the step before has delivered.'],
    Warn: [
      '多于前道已交数量的报工会被接受，并记为差异。',
      'More pieces than the step before has delivered are taken and recorded as a discrepancy.',
    ],
    Block: ['多于前道已交数量的报工会被拒绝。', 'More pieces than the step before has delivered are refused.'],
  },
  overQuantity: {
    Off: ['合格数可任意超过订单数量。', 'Any number of good pieces above the ordered quantity is fine.'],
    Warn: [
      '超过订单数量与允差的报工会被接受，并记为差异。',
      'Good pieces above the ordered quantity and its tolerance are taken and recorded as a discrepancy.',
    ],
    Block: ['超过订单数量与允差的报工会被拒绝。', 'Good pieces above the ordered quantity and its tolerance are refused.'],
  },
  qualification: {
    Off: ['任何人都可在任何设备上报工。', 'Anybody may work on any equipment.'],
    Warn: [
      '没有设备资质的人可以报工，并记为差异。',
      'Whoever is not qualified for the equipment may report, and a discrepancy is recorded.',
    ],
    Block: ['没有设备资质的人不能报工。', 'Whoever is not qualified for the equipment cannot report.'],
  },
  material: {
    Off: ['缺料时照常报工，不作提示。', 'Missing components are not looked at.'],
    Warn: ['缺料时可以报工，并记为差异。', 'With components missing a report is taken, and a discrepancy is recorded.'],
    Block: ['缺料时不能报工。', 'With components missing nothing can be reported.'],
  },
  serials: {
    Off: ['按序列号追踪的产品入库时可不报序列号。', 'Pieces with serial numbers may go into stock without being named.'],
    Warn: [
      '按序列号追踪的产品入库时未报序列号会被接受，并记为差异。',
      'Pieces with serial numbers that go into stock without being named are taken and recorded as a discrepancy.',
    ],
    Block: [
      '按序列号追踪的产品入库时未报序列号会被拒绝。',
      'Pieces with serial numbers that go into stock without being named are refused.',
    ],
  },
  instruction: {
    Off: ['未按要求确认作业指导也可开工，不作提示。', 'Who has not acknowledged the instruction as asked begins all the same.'],
    Warn: [
      '未按要求确认作业指导时可以开工，并提示操作工。',
      'Who has not acknowledged the instruction as asked may begin, and is told so.',
    ],
    Block: ['未按要求确认作业指导时不能开工。', 'Who has not acknowledged the instruction as asked cannot begin.'],
  },
};
type Asked = Policies['acknowledgement'] & string;
const ASKED: Readonly<Record<Asked, Text>> = {
  Off: ['操作工可随时查看作业指导，不要求确认。', 'Operators see the instruction when they like; nothing is asked.'],
  Understood: [
    '开工前，操作工须确认已理解现行版本，每个版本一次。',
    'Before they begin, operators say that they have understood the revision in force, each once.',
  ],
  Signed: [
    '开工前，操作工须用 PIN 签名现行版本，每个版本一次。',
    'Before they begin, operators sign the revision in force with their PIN, each once.',
  ],
};
const RULES = Object.keys(SENTENCES) as Rule[];
const LEVELS: Level[] = ['Off', 'Warn', 'Block'];
const TOLERANCE: Text = ['允许超出（%）', 'Tolerance (%)'];
const TOLERANCE_SENTENCE: Text = [
  '订单 100 件时，最多 {most} 件合格不算超出。',
  'Of an order of 100 pieces up to {most} good ones are not too many.',
];
const COMPLETES: Text = [
  '合格数达到后工步自动完成；入库工步完成后工单也完成。',
  'A step is done once its quantity is good, and with the receipt the order.',
];
const NOT_COMPLETES: Text = ['工步与工单由人完成。', 'People say when a step and the order are done.'];
const HUNDRED = 100;

/** How strictly the routing is followed. */
export function PoliciesSheet({ draft, errors, apply }: SheetProps) {
  const t = useText();
  const { policies } = draft;
  const set = (change: Partial<Policies>, tag?: string) =>
    apply(now => ({ ...now, policies: { ...now.policies, ...change } }), tag);
  return (
    <section className="sheet padded policies">
      {RULES.map(rule => (
        <div className="policy" key={rule}>
          <strong>{t(nameOf(rule))}</strong>
          <Segmented<Level>
            aria-label={t(nameOf(rule))}
            value={policies[rule] as Level}
            options={LEVELS.map(value => ({ value, label: valueOf(value) }))}
            onChange={level => set({ [rule]: level })}
          />
          <span className="muted">{t(SENTENCES[rule][policies[rule] as Level])}</span>
        </div>
      ))}
      <div className="policy">
        <strong>{t(nameOf('acknowledgement'))}</strong>
        <Segmented<Asked>
          aria-label={t(nameOf('acknowledgement'))}
          value={policies.acknowledgement as Asked}
          options={(Object.keys(ASKED) as Asked[]).map(value => ({ value, label: valueOf(value) }))}
          onChange={acknowledgement => set({ acknowledgement })}
        />
        <span className="muted">{t(ASKED[policies.acknowledgement as Asked])}</span>
      </div>
      <div className="policy">
        <label htmlFor="tolerance">
          <strong>{t(TOLERANCE)}</strong>
        </label>
        <div>
          <InputNumber
            id="tolerance"
            min={0}
            max={HUNDRED}
            value={policies.overQuantityTolerancePercent}
            onChange={value => set({ overQuantityTolerancePercent: value ?? 0 }, 'tolerance')}
          />
          <Wrong error={errors['policies.overQuantityTolerancePercent']} />
        </div>
        <span className="muted">
          {t(TOLERANCE_SENTENCE, { most: Math.floor(HUNDRED + Number(policies.overQuantityTolerancePercent)) })}
        </span>
      </div>
      <div className="policy">
        <strong>{t(nameOf('completesByQuantity'))}</strong>
        <Switch
          aria-label={t(nameOf('completesByQuantity'))}
          checked={policies.completesByQuantity}
          onChange={completesByQuantity => set({ completesByQuantity })}
        />
        <span className="muted">{t(policies.completesByQuantity ? COMPLETES : NOT_COMPLETES)}</span>
      </div>
    </section>
  );
}
