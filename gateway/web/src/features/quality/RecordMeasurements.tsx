import { Button, Drawer, Form, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { ProblemAlert } from '@/components/Problem';
import { Tag } from '@/components/Value';
import { useTellDone } from '@/components/useTellDone';
import type { Answer } from '@/lib/api/api';
import { useVerb } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';

const RECORD: Text = ['录入测量', 'Record measurements'];
const SAVE: Text = ['保存 {count} 项', 'Save {count} measurements'];
const SAMPLE: Text = ['样本 {sample}', 'Sample {sample}'];
const GOOD: Text = ['合格', 'Conforms'];
const BAD: Text = ['不合格', 'Does not'];
const OUT: Text = ['超差', 'Out of limits'];
const NEAR: Text = ['接近界限', 'Near a limit'];
const WITHIN: Text = ['合格', 'Within limits'];
const NOTHING: Text = ['全部已测', 'All is measured'];
const SAMPLES_SHOWN = 25;

const PATH = '/api/quality/inspections/{id}/measurements';
type Detail = Answer<'/api/quality/inspections/{id}', 'get'>;
type Characteristic = Detail['plan']['characteristics'][number];
type Finding = { value?: number | null; conforms?: boolean | null };

/** Sample by sample what is still to measure: a number with its limits, or whether it conforms. What is left empty stays open. */
export function RecordMeasurements({ detail, why }: { detail: Detail; why: Text | null }) {
  const t = useText();
  const may = useMay();
  const tellDone = useTellDone();
  const [isOpen, setIsOpen] = useState(false);
  const [found, setFound] = useState<Record<string, Finding>>({});
  const record = useVerb('post', PATH);
  const { inspection, plan, measurements } = detail;
  if (!may('post', PATH)) return null;

  const done = new Set(measurements.map(one => keyOf(one.sample, one.characteristic)));
  const samples = Array.from({ length: inspection.sampleSize }, (_, index) => index + 1)
    .map(sample => ({ sample, missing: plan.characteristics.filter(one => !done.has(keyOf(sample, one.code))) }))
    .filter(({ missing }) => missing.length > 0)
    .slice(0, SAMPLES_SHOWN);
  const findings = samples.flatMap(({ sample, missing }) =>
    missing
      .map(one => ({ sample, characteristic: one.code, ...found[keyOf(sample, one.code)] }))
      .filter(one => (one.value ?? one.conforms ?? null) !== null),
  );
  const send = () =>
    record.mutate(
      { path: { id: inspection.id }, body: { findings } },
      {
        onSuccess: () => {
          tellDone({
            method: 'post',
            path: PATH,
            subject: inspection.number,
            before: null,
            done: { path: { id: inspection.id }, query: {}, body: {}, answer: {} },
          });
          setFound({});
          setIsOpen(false);
        },
      },
    );
  const note = (key: string, finding: Finding) => setFound(before => ({ ...before, [key]: finding }));
  return (
    <>
      <Button type="primary" disabled={why !== null} title={why ? t(why) : undefined} onClick={() => setIsOpen(true)}>
        {t(RECORD)}
      </Button>
      <Drawer
        title={`${t(RECORD)} · ${inspection.number}`}
        size={620}
        open={isOpen}
        onClose={() => setIsOpen(false)}
        extra={
          <Button type="primary" disabled={findings.length === 0} loading={record.isPending} onClick={send}>
            {t(SAVE, { count: findings.length })}
          </Button>
        }>
        {record.error && (
          <div className="gap">
            <ProblemAlert problem={record.error} />
          </div>
        )}
        {samples.length === 0 && <p className="muted">{t(NOTHING)}</p>}
        <Form layout="vertical" onFinish={send}>
          {samples.map(({ sample, missing }) => (
            <fieldset className="measure" key={sample}>
              <legend>{t(SAMPLE, { sample })}</legend>
              {missing.map(one => {
                const key = keyOf(sample, one.code);
                return <Measure key={key} of={one} label={sample} finding={found[key] ?? {}} note={next => note(key, next)} />;
              })}
            </fieldset>
          ))}
          <button type="submit" hidden />
        </Form>
      </Drawer>
    </>
  );
}

interface MeasureProps {
  of: Characteristic;
  label: number;
  finding: Finding;
  note: (finding: Finding) => void;
}

function Measure({ of, label, finding, note }: MeasureProps) {
  const t = useText();
  const name = `${t(SAMPLE, { sample: label })} ${of.code}`;
  const verdict = of.type === 'Variable' && typeof finding.value === 'number' ? verdictOf(of, finding.value) : null;
  return (
    <div className="measure-row">
      <span>
        <strong>{of.code}</strong> {of.name}
        {of.type === 'Variable' && <span className="muted"> {limitsOf(of, t(nameOf('nominal')))}</span>}
      </span>
      {of.type === 'Variable' ? (
        <InputNumber
          aria-label={name}
          value={finding.value}
          suffix={of.unit}
          status={verdict === OUT ? 'error' : verdict === NEAR ? 'warning' : undefined}
          onChange={value => note({ value })}
        />
      ) : (
        <Radio.Group
          optionType="button"
          aria-label={name}
          value={finding.conforms === undefined || finding.conforms === null ? undefined : String(finding.conforms)}
          options={[
            { value: 'true', label: t(GOOD) },
            { value: 'false', label: t(BAD) },
          ]}
          onChange={event => note({ conforms: event.target.value === 'true' })}
        />
      )}
      <span className="measure-verdict" aria-live="polite">
        {verdict && <Tag value={t(verdict)} tone={verdict === OUT ? 'bad' : verdict === NEAR ? 'warn' : 'good'} />}
      </span>
    </div>
  );
}

const keyOf = (sample: number, characteristic: string) => `${sample} ${characteristic}`;

const isBeyond = (value: number, lower?: number | null, upper?: number | null) =>
  value < (lower ?? -Infinity) || value > (upper ?? Infinity);

/** As the server will judge it; the server's word counts. */
const verdictOf = (of: Characteristic, value: number): Text =>
  isBeyond(value, of.lowerLimit, of.upperLimit) ? OUT : isBeyond(value, of.lowerWarning, of.upperWarning) ? NEAR : WITHIN;

const limitsOf = ({ nominal, lowerLimit, upperLimit, unit }: Characteristic, nominalName: string) =>
  [
    nominal !== null && nominal !== undefined ? `${nominalName} ${number(nominal, 6)}` : '',
    `[${lowerLimit === null || lowerLimit === undefined ? '−∞' : number(lowerLimit, 6)}; ${
      upperLimit === null || upperLimit === undefined ? '∞' : number(upperLimit, 6)
    }] ${unit ?? ''}`,
  ]
    .filter(Boolean)
    .join(' · ');
