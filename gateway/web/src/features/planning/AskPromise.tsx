import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { FormDrawer } from '@/components/FormDrawer';
import { Field, toBody } from '@/components/fields';
import { operationOf, resolve, type Body } from '@/lib/api/api';
import { addressOf } from '@/lib/api/client';
import { useVerb } from '@/lib/api/hooks';
import { spanOf } from '@/lib/duration';
import { useMay } from '@/lib/session';
import { dateTime, useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';
import { bottleneckInWords, partsOf, type Promised } from './promise';

const ASK: Text = ['询交期', 'Ask for a date'];
const HOW: Text = [
  '按现行计划的空档推算，已排的工序都不动。',
  'Reckoned from the room that the plan in force leaves: nothing that is planned moves.',
];
const EARLIEST: Text = ['最早可完成：{time}', 'It can be ready at {time}'];
const STEPS: Text = ['工序安排', 'Where it would run'];
const LEGEND: Text = ['浅色为等待，深色为加工', 'Pale: it waits. Dark: it is worked on'];
const WAITS: Text = ['等待 {time}', 'waits {time}'];
const SHOW: Text = ['在计划板上显示', 'Show on the board'];
const FIELDS = ['product', 'quantity', 'releaseAt'];
const NEEDED = new Set(['product', 'quantity']);

/** When something that is not ordered yet could be ready, and what that hangs on. */
export function AskPromise({ onShow }: { onShow?: (promise: Promised | null) => void }) {
  const t = useText();
  const may = useMay();
  const [form] = Form.useForm();
  const [isOpen, setIsOpen] = useState(false);
  const ask = useVerb('post', '/api/scheduling/promises');
  if (!may('post', '/api/scheduling/promises')) return null;
  const schema = operationOf('post', '/api/scheduling/promises').body!;
  const members = resolve(schema).properties ?? {};
  const send = (values: object) => ask.mutate({ body: toBody(schema, values) as Body<'/api/scheduling/promises', 'post'> });
  return (
    <>
      <Button
        onClick={() => {
          onShow?.(null);
          setIsOpen(true);
        }}>
        {t(ASK)}
      </Button>
      <FormDrawer
        title={t(ASK)}
        size={560}
        isOpen={isOpen}
        isSaving={ask.isPending}
        problem={ask.error}
        submit={ASK}
        onSubmit={() => form.submit()}
        onClose={() => setIsOpen(false)}>
        <p className="muted">{t(HOW)}</p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
          {FIELDS.map(member => (
            <Field
              key={member}
              name={[member]}
              schema={members[member] ?? {}}
              isRequired={NEEDED.has(member)}
              options={{ product: { onlyKnown: true } }}
            />
          ))}
        </Form>
        {ask.data && <Answered promise={ask.data} />}
        {ask.data && onShow && (
          <Button
            className="gap"
            onClick={() => {
              onShow(ask.data);
              setIsOpen(false);
            }}>
            {t(SHOW)}
          </Button>
        )}
      </FormDrawer>
    </>
  );
}

function Answered({ promise }: { promise: Promised }) {
  const t = useText();
  const parts = partsOf(promise.operations);
  const at = promise.bottleneck?.equipment;
  return (
    <>
      <Alert
        className="promise"
        type={promise.bottleneck ? 'info' : 'success'}
        showIcon
        title={<strong>{t(EARLIEST, { time: dateTime(promise.endsAt) })}</strong>}
        description={
          <>
            {bottleneckInWords(promise)} {at && <Link to={addressOf('/units/one', {}, { code: at })}>{at}</Link>}
          </>
        }
      />
      <h3>{t(STEPS)}</h3>
      <p className="muted">{t(LEGEND)}</p>
      <ol className="promise-steps">
        {promise.operations.map((one, n) => (
          <li key={one.code}>
            <strong>{one.code}</strong> · {one.equipment} · {dateTime(one.setupStartsAt)} – {dateTime(one.endsAt)}
            {one.waitSeconds > 0 && (
              <span className="muted">
                {' · '}
                {t(WAITS, { time: spanOf(one.waitSeconds) })} ({one.resource ?? valueOf(one.waitsFor, 'waitsFor')})
              </span>
            )}
            <div className="promise-bar" role="img" aria-label={`${t(nameOf('waitSeconds'))} ${spanOf(one.waitSeconds)}`}>
              <i style={{ width: `${parts[n]!.from * 100}%` }} />
              <i className="waits" style={{ width: `${parts[n]!.wait * 100}%` }} />
              <i className="works" style={{ width: `${parts[n]!.work * 100}%` }} />
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
