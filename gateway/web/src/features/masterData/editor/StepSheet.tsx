import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Input, Radio, Switch } from 'antd';
import { DurationField } from '@/components/DurationField';
import { LookupMany } from '@/components/Lookup';
import { SOURCES } from '@/lib/lookups';
import { number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import type { Errors } from './check';
import type { Draft, Step, StepUnit } from './draft';
import { makeReceipt, setStep } from './edits';
import { LinksSheet } from './LinksSheet';
import { Labelled, Wrong } from './parts';
import { ResourcesSheet } from './ResourcesSheet';

const WHAT: Text = ['工步', 'Step'];
const SETUP: Text = ['调试时间', 'Setup time'];
const RUN: Text = ['单件时间', 'Run time per piece'];
const PER_HOUR: Text = ['每小时 {count} 件', '{count} pieces an hour'];
const FAMILY: Text = ['换型族', 'Setup family'];
const FAMILY_HELP: Text = ['同族之间换型少', 'Little is set up between steps of one family'];
const EQUIPMENT: Text = ['设备', 'Equipment'];
const EQUIPMENT_HELP: Text = [
  '第一台优先。时间与工步不同的设备，在此填写自己的时间。',
  'The first is preferred. A unit whose times differ has times of its own here.',
];
const PREFERRED: Text = ['首选', 'preferred'];
const SETUP_HERE: Text = ['在 {unit} 的调试时间', 'Setup time on {unit}'];
const RUN_HERE: Text = ['在 {unit} 的单件时间', 'Run time on {unit}'];
const EARLIER: Text = ['{unit} 上移', '{unit} earlier'];
const LATER: Text = ['{unit} 下移', '{unit} later'];
const REMOVE: Text = ['移除 {unit}', 'Remove {unit}'];
const ACTIONS: Text = ['操作', 'Actions'];
const FLAGS: Text = ['性质', 'What it is'];
const RECEIPT: Text = ['合格品在此入库', 'Good pieces come into stock here'];
const INSPECTION: Text = ['在检验工作中心完成', 'Done at an inspection work center'];
const SPLITTABLE: Text = ['设备停班时可中断', 'May pause while the equipment is closed'];
const HOUR = 3600;

export interface SheetProps {
  draft: Draft;
  errors: Errors;
  apply: (change: (draft: Draft) => Draft, tag?: string) => void;
}

/** All of one step. */
export function StepSheet({ step, draft, errors, apply }: SheetProps & { step: Step }) {
  const t = useText();
  const index = draft.steps.indexOf(step);
  const at = `steps[${index}]`;
  const set = (change: Partial<Step>, member?: string) => apply(setStep(step.key, change), member && `${step.key}.${member}`);
  const id = (member: string) => `step-${member}`;
  const run = step.runSecondsPerUnit;
  return (
    <div className="editor-columns">
      <section className="sheet padded">
        <h2>{t(WHAT)}</h2>
        <div className="pair">
          <Labelled label={nameOf('code')} id={id('code')} error={errors[`${at}.code`]}>
            <Input
              id={id('code')}
              value={step.code}
              maxLength={100}
              status={errors[`${at}.code`] && 'error'}
              onChange={event => set({ code: event.target.value }, 'code')}
            />
          </Labelled>
          <Labelled label={FAMILY} id={id('family')} error={errors[`${at}.setupFamily`]} help={t(FAMILY_HELP)}>
            <Input
              id={id('family')}
              value={step.setupFamily}
              maxLength={100}
              onChange={event => set({ setupFamily: event.target.value }, 'family')}
            />
          </Labelled>
          <Labelled label={SETUP} id={id('setup')} error={errors[`${at}.setupSeconds`]}>
            <DurationField
              key={step.key}
              id={id('setup')}
              label={t(SETUP)}
              value={step.setupSeconds}
              onChange={seconds => set({ setupSeconds: seconds ?? 0 }, 'setup')}
            />
          </Labelled>
          <Labelled
            label={RUN}
            id={id('run')}
            error={errors[`${at}.runSecondsPerUnit`]}
            help={run > 0 ? t(PER_HOUR, { count: number(HOUR / run, 1) }) : undefined}>
            <DurationField
              key={step.key}
              id={id('run')}
              label={t(RUN)}
              value={run}
              onChange={seconds => set({ runSecondsPerUnit: seconds ?? 0 }, 'run')}
            />
          </Labelled>
        </div>
        <fieldset className="flags">
          <legend>{t(FLAGS)}</legend>
          <Radio checked={step.isReceipt} onChange={() => apply(makeReceipt(step.key))}>
            {t(RECEIPT)}
          </Radio>
          <label>
            <Switch size="small" checked={step.isInspection} onChange={isInspection => set({ isInspection })} /> {t(INSPECTION)}
          </label>
          <label>
            <Switch size="small" checked={step.isSplittable} onChange={isSplittable => set({ isSplittable })} /> {t(SPLITTABLE)}
          </label>
          <Wrong error={errors.steps} />
        </fieldset>
      </section>
      <section className="sheet padded">
        <h2>
          <label htmlFor={id('equipment')}>{t(EQUIPMENT)}</label>
        </h2>
        <LookupMany
          id={id('equipment')}
          source={SOURCES.equipment!}
          value={step.units.map(unit => unit.equipment)}
          onChange={codes => set({ units: codes.map(code => unitOf(step, code)) })}
        />
        <Wrong error={errors[`${at}.equipment`]} />
        {step.units.length > 0 && <Units step={step} set={set} errors={errors} at={at} />}
        <p className="muted small">{t(EQUIPMENT_HELP)}</p>
      </section>
      <section className="sheet padded">
        <LinksSheet {...{ step, draft, set }} error={errors[`${at}.planning.links`]} />
      </section>
      <section className="sheet padded">
        <ResourcesSheet {...{ step, set }} error={errors[`${at}.planning.resources`]} />
      </section>
    </div>
  );
}

const unitOf = (step: Step, equipment: string): StepUnit =>
  step.units.find(unit => unit.equipment === equipment) ?? { equipment, setupSeconds: null, runSecondsPerUnit: null };

interface UnitsProps {
  step: Step;
  at: string;
  errors: Errors;
  set: (change: Partial<Step>, member?: string) => void;
}

/** The equipment in its order, with times of its own. */
function Units({ step, at, errors, set }: UnitsProps) {
  const t = useText();
  const { units } = step;
  const swap = (index: number, by: number) => {
    const next = [...units];
    [next[index], next[index + by]] = [next[index + by]!, next[index]!];
    set({ units: next });
  };
  const change = (index: number, values: Partial<StepUnit>, member: string) =>
    set({ units: units.map((unit, i) => (i === index ? { ...unit, ...values } : unit)) }, `${member}.${units[index]!.equipment}`);
  return (
    <table className="plain edit-rows">
      <thead>
        <tr>
          <th>{t(EQUIPMENT)}</th>
          <th>{t(SETUP)}</th>
          <th>{t(RUN)}</th>
          <th>
            <span className="hidden">{t(ACTIONS)}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {units.map((unit, index) => (
          <tr key={unit.equipment}>
            <td>
              {unit.equipment} {index === 0 && <span className="muted small">{t(PREFERRED)}</span>}
              <Wrong error={errors[`${at}.equipment[${index}]`]} />
            </td>
            <td>
              <DurationField
                key={step.key}
                isShort
                label={t(SETUP_HERE, { unit: unit.equipment })}
                value={unit.setupSeconds}
                otherwise={step.setupSeconds}
                onChange={setupSeconds => change(index, { setupSeconds }, 'setup')}
              />
            </td>
            <td>
              <DurationField
                key={step.key}
                isShort
                label={t(RUN_HERE, { unit: unit.equipment })}
                value={unit.runSecondsPerUnit}
                otherwise={step.runSecondsPerUnit}
                onChange={runSecondsPerUnit => change(index, { runSecondsPerUnit }, 'run')}
              />
            </td>
            <td className="row-tools">
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                disabled={index === 0}
                aria-label={t(EARLIER, { unit: unit.equipment })}
                onClick={() => swap(index, -1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                disabled={index === units.length - 1}
                aria-label={t(LATER, { unit: unit.equipment })}
                onClick={() => swap(index, 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t(REMOVE, { unit: unit.equipment })}
                onClick={() => set({ units: units.filter(one => one !== unit) })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
