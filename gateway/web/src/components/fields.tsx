import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { resolve, type Schema } from '@/lib/api/api';
import { ROLES, SOURCES, type Source } from '@/lib/lookups';
import { number, say, useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';
import { Lookup, LookupMany } from './Lookup';
import { MultiSelect } from './MultiSelect';

export type FieldName = (string | number)[];

const LONG = new Set(['reason', 'settlement', 'text']);
const SECRET = new Set(['password', 'pin', 'current', 'new']);
const NEEDED: Text = ['请填写', 'Enter this'];
/** The first is shown; a date alone may be typed too. */
const TIME_FORMATS = ['YYYY-MM-DD HH:mm', 'YYYY-MM-DD'];
const ADD: Text = ['添加{what}', 'Add: {what}'];
const REMOVE: Text = ['移除', 'Remove'];

/** What a form says besides the schema. */
export interface FieldOptions {
  label?: Text;
  help?: Text;
  source?: Source;
  choices?: string[];
  hidden?: boolean;
  /** It must be filled in here, though the API takes it as optional. */
  isNeeded?: boolean;
  onlyKnown?: boolean;
  /** Not one of those that are known, but a new one. */
  isFree?: boolean;
}
export type Options = Record<string, FieldOptions>;

interface FieldProps {
  name: FieldName;
  schema: Schema;
  isRequired: boolean;
  options: Options;
}

/** What only a device says of itself; whoever sits at a desk has the server's clock. */
const OF_DEVICES = new Set(['deviceTime']);

/** A value that is sent as it is: it is a field of the form, and nobody sees it. */
const Held = () => null;

/** A field as the schema of its member says: its kind, bounds and choices are said in the API and nowhere again. */
export function Field({ name, schema, isRequired, options }: FieldProps) {
  const t = useText();
  const known = resolve(schema);
  const member = String(name.at(-1));
  const option = options[name.join('.')] ?? options[member] ?? {};
  // A list that is needed may be empty; where it may not, the server says so at this field
  const isAsked = (isRequired && known.type !== 'array') || option.isNeeded === true;
  const label = t(option.label ?? nameOf(member));
  if (OF_DEVICES.has(member)) return null;
  if (option.hidden)
    return (
      <Form.Item name={name} noStyle>
        <Held />
      </Form.Item>
    );
  const items = known.items && resolve(known.items);
  if (known.type === 'array' && items?.type === 'object') return <FieldList {...{ name, options, label }} item={items} />;
  if (known.properties) {
    return (
      <div className="nested" role="group" aria-label={label}>
        <div className="muted">{label}</div>
        <Fields schema={known} options={options} parent={name} isOptional={!isRequired} />
      </div>
    );
  }
  const isSwitch = known.type === 'boolean' && !known.nullable;
  return (
    <Form.Item
      name={name}
      label={label}
      help={option.help && t(option.help)}
      valuePropName={isSwitch ? 'checked' : 'value'}
      rules={[{ required: isAsked && !isSwitch, message: t(NEEDED) }, { validator: (_, value) => boundsOf(known, value) }]}>
      {controlOf(member, known, option)}
    </Form.Item>
  );
}

function controlOf(member: string, schema: Schema, option: FieldOptions) {
  const source = option.source ?? (schema.enum || option.isFree ? undefined : SOURCES[member]);
  if (member === 'roles') return <MultiSelect mode="multiple" options={ROLES.map(value => ({ value, label: valueOf(value) }))} />;
  if (schema.type === 'array')
    return source ? <LookupMany source={source} /> : <MultiSelect mode="tags" tokenSeparators={[',', '\t', '\n']} />;
  const choices = option.choices ?? schema.enum;
  if (choices) return <Select options={choices.map(value => ({ value, label: valueOf(value) }))} allowClear={schema.nullable} />;
  if (schema.type === 'boolean' && schema.nullable) return <YesOrNo />;
  if (schema.type === 'boolean') return <Switch />;
  if (schema.type === 'number' || schema.type === 'integer') {
    return <InputNumber className="full" precision={schema.type === 'integer' ? 0 : undefined} />;
  }
  if (schema.format === 'date-time')
    return <DatePicker showTime={{ format: 'HH:mm' }} format={TIME_FORMATS} needConfirm={false} className="full" />;
  if (schema.format === 'date') return <DatePicker className="full" />;
  if (source && schema.type === 'string') return <Lookup source={source} onlyKnown={option.onlyKnown} />;
  if (SECRET.has(member)) return <Input.Password autoComplete="new-password" maxLength={schema.maxLength} />;
  return LONG.has(member) ? <Input.TextArea rows={3} maxLength={schema.maxLength} /> : <Input maxLength={schema.maxLength} />;
}

const LOW: Text = ['不能小于 {bound}', 'It must be at least {bound}'];
const ABOVE: Text = ['须大于 {bound}', 'It must be above {bound}'];
const HIGH: Text = ['不能大于 {bound}', 'It must be at most {bound}'];

/** A number out of bounds is said, and stays as it was typed. */
function boundsOf({ minimum, above, maximum }: Schema, value: unknown): Promise<void> {
  const refuse = (text: Text, bound: number) => Promise.reject(new Error(say(text, { bound: number(bound) })));
  if (typeof value !== 'number') return Promise.resolve();
  if (above !== undefined && value <= above) return refuse(ABOVE, above);
  if (minimum !== undefined && value < minimum) return refuse(LOW, minimum);
  if (maximum !== undefined && value > maximum) return refuse(HIGH, maximum);
  return Promise.resolve();
}

const YES: Text = ['是 / 合格', 'Yes, it conforms'];
const NO: Text = ['否 / 不合格', 'No, it does not'];

/** What may be left unsaid; a switch would say no. */
function YesOrNo(props: { id?: string; value?: boolean; onChange?: (value: boolean) => void }) {
  const t = useText();
  return (
    <Select
      {...props}
      allowClear
      options={[
        { value: true, label: t(YES) },
        { value: false, label: t(NO) },
      ]}
    />
  );
}

/** All fields of a schema, in its order. */
export function Fields({
  schema,
  options,
  parent = [],
  isOptional = false,
}: {
  schema: Schema;
  options: Options;
  parent?: FieldName;
  isOptional?: boolean;
}) {
  return (
    <>
      {Object.entries(resolve(schema).properties ?? {}).map(([member, one]) => (
        <Field
          key={member}
          name={[...parent, member]}
          schema={one}
          options={options}

          isRequired={!isOptional && (resolve(schema).required?.includes(member) ?? false)}
        />
      ))}
    </>
  );
}

function FieldList({ name, item, options, label }: { name: FieldName; item: Schema; options: Options; label: string }) {
  const t = useText();
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <div className="nested" role="group" aria-label={label}>
          <div className="muted">{label}</div>
          {rows.map(row => (
            <div className="nested-row" key={row.key}>
              <div>
                <Fields schema={item} options={options} parent={[row.name]} />
              </div>
              <Button type="text" icon={<MinusCircleOutlined />} aria-label={t(REMOVE)} onClick={() => remove(row.name)} />
            </div>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add(defaultsOf(item))}>
            {t(ADD, { what: label })}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** What a schema says of members that nobody has filled in. */
export function defaultsOf(schema: Schema): Record<string, unknown> {
  const members = Object.entries(resolve(schema).properties ?? {}).map(
    ([member, one]) => [member, resolve(one).default] as const,
  );
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** Values as the form has them: times as dayjs. */
export function toForm(schema: Schema, value: unknown): unknown {
  const known = resolve(schema);
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(one => toForm(known.items ?? {}, one));
  if (known.properties && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(known.properties).map(([member, one]) => [member, toForm(one, (value as Record<string, unknown>)[member])]),
    );
  }
  return known.format === 'date-time' || known.format === 'date' ? dayjs(String(value)) : value;
}

/** Values as the API takes them: what is empty is left out, a nested record without anything likewise. */
export function toBody(schema: Schema, value: unknown): unknown {
  const known = resolve(schema);
  if (value === null || value === undefined || value === '') return undefined;
  if (dayjs.isDayjs(value)) return known.format === 'date' ? value.format('YYYY-MM-DD') : value.toISOString();
  if (Array.isArray(value)) return value.map(one => toBody(known.items ?? {}, one)).filter(one => one !== undefined);
  if (known.properties && typeof value === 'object') {
    const members = Object.entries(value)
      .map(([member, one]) => [member, toBody(known.properties![member] ?? {}, one)] as const)
      .filter(([, one]) => one !== undefined);
    const empty = (known.required ?? []).filter(member => resolve(known.properties![member] ?? {}).type === 'array');
    const body = { ...Object.fromEntries(empty.map(member => [member, []])), ...Object.fromEntries(members) };
    return members.length || !known.nullable ? body : undefined;
  }
  return typeof value === 'string' ? value.trim() : value;
}

/** `steps[0].code`, as a refusal names a field, in the form's own way. */
export const pathOf = (field: string): FieldName =>
  field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map(part => (/^\d+$/.test(part) ? Number(part) : part));
