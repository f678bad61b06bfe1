import { Alert, Button, Form } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import {
  operationOf,
  resolve,
  type Answer,
  type Body,
  type Method,
  type Path,
  type PathValues,
  type Schema,
} from '@/lib/api/api';
import type { Paths } from '@/lib/api/generated';
import { useVerb } from '@/lib/api/hooks';
import { forget, recall, remember } from '@/lib/memory';
import { useSession } from '@/lib/session';
import { useSubject } from '@/lib/subject';
import { useText, type Text } from '@/lib/text';
import type { Done } from '@/lib/undo';
import { defaultsOf, Fields, toBody, toForm, type Options } from './fields';
import { fillGiven } from './fillGiven';
import { FormDrawer } from './FormDrawer';
import { placeProblem } from './placeProblem';
import { useTellDone, type Made } from './useTellDone';

const OF: Text = ['{title} · {subject}', '{title} · {subject}'];
const RESTORED: Text = ['已恢复上次未保存的内容', 'What you had typed before is here again'];
const DISCARD: Text = ['清除', 'Discard'];

export interface VerbFormProps<M extends Method, P extends Path<M> & keyof Paths> {
  method: M;
  path: P;
  title: Text;
  /** The values in the address, where the caller has them already. */
  at?: PathValues<P, M>;
  /** What the fields hold at first. */
  initial?: Partial<Body<P, M>> | Record<string, unknown>;
  options?: Options;
  submit?: Text;
  /** Fields that stand before those of the body, and give the values of the address, such as the code of a new record. */
  address?: string[];
  /** Fields whose values go into the query. */
  inQuery?: readonly string[];
  /** What stands above the fields: what is to be decided on. */
  about?: ReactNode;
  /** What it made, to be opened. */
  made?: (answer: Answer<P, M>) => Made;
  /** What stands below the fields, by what is typed. */
  below?: (values: Record<string, unknown>) => ReactNode;
  onClose: () => void;
  onDone?: (answer: Answer<P, M>) => void;
  isOpen: boolean;
}

/** The form of a command, made from what the API says of it. What was typed survives a reload until it is sent or discarded. */
export function VerbForm<M extends Method, P extends Path<M> & keyof Paths>(props: VerbFormProps<M, P>) {
  const {
    method,
    path,
    title,
    at,
    initial,
    options = {},
    submit,
    address = [],
    inQuery = [],
    below,
    about,
    made,
    onClose,
    onDone,
    isOpen,
  } = props;
  const t = useText();
  const { subjectId } = useSession();
  const subject = useSubject() || String((at as Record<string, unknown> | undefined)?.code ?? '');
  const tellDone = useTellDone();
  const [form] = Form.useForm();
  const verb = useVerb(method, path);
  const schema = operationOf(method, path).body ?? {};
  const apart = [...address, ...inQuery];
  const values = Form.useWatch([], form) as Record<string, unknown> | undefined;
  const draft = `draft.${subjectId} ${method} ${path} ${JSON.stringify([at, pick(initial, apart)])}`;
  const [isRestored, setIsRestored] = useState(false);
  const begin = (kept: unknown) => {
    form.resetFields();
    form.setFieldsValue(defaultsOf(schema));
    for (const values of [initial, kept]) form.setFieldsValue({ ...(toForm(schema, values) as object), ...pick(values, apart) });
  };

  useEffect(() => {
    if (!isOpen) return;
    const kept = recall<Record<string, unknown> | null>(draft, null);
    verb.reset();
    setIsRestored(kept !== null);
    begin(kept);
  }, [isOpen, draft]); // eslint-disable-line react-hooks/exhaustive-deps

  const send = async (values: Record<string, unknown>) => {
    const body = toBody(schema, Object.fromEntries(Object.entries(values).filter(([member]) => !apart.includes(member))));
    const inAddress = { ...(at ?? {}), ...pick(values, address) };
    try {
      const answer = await verb.mutateAsync({
        path: inAddress as PathValues<P, M>,
        body: body as Body<P, M>,
        query: pick(values, inQuery),
      });
      forget(draft);
      tellDone({
        method,
        path,
        subject,
        made: answer && made?.(answer),
        before: address.length === 0 && initial ? (toBody(schema, toForm(schema, initial)) as object) : null,
        done: {
          path: inAddress,
          query: pick(values, inQuery),
          body: (body ?? {}) as Done['body'],
          answer: (answer ?? {}) as Done['answer'],
        },
      });
      onClose();
      onDone?.(answer);
    } catch {
      // shown below, from verb.error
    }
  };
  const problem = verb.error;
  const [isPlaced, setIsPlaced] = useState(false);
  useEffect(() => {
    const { path: inAddress, query, body: sent } = verb.variables ?? {};
    if (problem) setIsPlaced(placeProblem(form, problem, { ...(inAddress ?? {}), ...query, ...(sent as object) }));
  }, [problem, form]); // eslint-disable-line react-hooks/exhaustive-deps

  return (
    <FormDrawer
      title={subject ? t(OF, { title: t(title), subject }) : t(title)}
      size={isWide(schema) ? 820 : 460}
      isOpen={isOpen}
      isSaving={verb.isPending}
      problem={isPlaced ? null : problem}
      submit={submit}
      onSubmit={() => form.submit()}
      onClose={onClose}>
      {isRestored && (
        <Alert
          type="info"
          showIcon
          title={t(RESTORED)}
          className="gap"
          action={
            <Button
              size="small"
              onClick={() => {
                forget(draft);
                setIsRestored(false);
                begin(null);
              }}>
              {t(DISCARD)}
            </Button>
          }
        />
      )}
      <Form
        form={form}
        layout="vertical"
        onFinish={values => void send(values as Record<string, unknown>)}
        onValuesChange={(changed, values) => {
          remember(draft, withoutSecrets(toBody(schema, values)));
          void fillGiven(changed, schema, form);
        }}>
        {about && <div className="gap">{about}</div>}
        {apart.length > 0 && (
          <Fields
            options={options}
            schema={{
              properties: Object.fromEntries(apart.map(member => [member, { type: 'string', maxLength: 100 }])),
              required: address,
            }}
          />
        )}
        <Fields schema={schema} options={options} />
        {below?.(values ?? {})}
        <button type="submit" hidden />
      </Form>
    </FormDrawer>
  );
}

const SECRETS = ['password', 'pin', 'current', 'new', 'badge'];
const withoutSecrets = (values: unknown) =>
  Object.fromEntries(Object.entries((values ?? {}) as Record<string, unknown>).filter(([member]) => !SECRETS.includes(member)));

/** Whether a form has lists or groups within, which want room. */
const isWide = (schema: Schema) =>
  Object.values(resolve(schema).properties ?? {}).some(one => {
    const known = resolve(one);
    return known.properties !== undefined || (known.items && resolve(known.items).properties !== undefined);
  });
const pick = (values: unknown, members: readonly string[]) =>
  Object.fromEntries(
    members
      .map(member => [member, (values as Record<string, unknown> | undefined)?.[member]])
      .filter(([, value]) => value !== undefined),
  );
