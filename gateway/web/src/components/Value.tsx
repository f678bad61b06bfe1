import { CheckOutlined } from '@ant-design/icons';
import { Typography } from 'antd';
import type { ReactNode } from 'react';
import { resolve, type Schema } from '@/lib/api/api';
import { date, dateTime, number, percent, useText } from '@/lib/text';
import { secondsOf, spanOf } from '@/lib/duration';
import { toneOf, type Tone } from '@/lib/tones';
import { sayingOf } from '@/lib/words/sayings';
import { valueOf } from '@/lib/words/words';
import { PEOPLE, Person } from './Person';

const YES = ['是', 'Yes'] as const;
const NO = ['否', 'No'] as const;

/** A state: a word, with a colour and a shape beside it. */
export const Tag = ({ value, tone, kind }: { value: string; tone?: Tone; kind?: string }) => (
  <span className={`tag ${tone ?? toneOf(value)}`}>{valueOf(value, kind)}</span>
);

interface RatioValue {
  value: number | null;
  isAboveOne: boolean;
}
/** Members whose values are words of the software, though the API does not list them. */
const WORDED = new Set(['trigger', 'method', 'waitsFor', 'origin', 'sourceKind', 'reset', 'kind']);
/** Members that people write, and the software too. */
const TOLD = new Set(['reason', 'releaseReason', 'statusReason', 'verdictReason', 'withdrawalReason', 'settlement']);
const SHARES = new Set(['gap', 'cumulativeShare', 'utilization']);
const isRatio = (value: unknown): value is RatioValue => typeof value === 'object' && value !== null && 'isAboveOne' in value;

/** Shows a value as its schema says: a time, a number, a state, a list; a span of time as people say it. */
export function Value({ schema, value, member = '' }: { schema: Schema; value: unknown; member?: string }): ReactNode {
  const t = useText();
  const known = resolve(schema);
  if (value === null || value === undefined || value === '') return <span className="muted">–</span>;
  if (typeof value === 'boolean') {
    return value ? <CheckOutlined aria-label={t(YES)} /> : <span className="muted">{t(NO)}</span>;
  }
  if (typeof value === 'number') {
    const seconds = secondsOf(member, value);
    const text = SHARES.has(member) ? percent(value) : seconds === null ? number(value) : spanOf(seconds);
    return <span className="num">{text}</span>;
  }
  if (typeof value === 'string') {
    if (known.enum) return <Tag value={value} kind={schema.ref?.split('/').pop()} />;
    if (known.format === 'date-time') return <time dateTime={value}>{dateTime(value)}</time>;
    if (known.format === 'date') return <time dateTime={value}>{date(value)}</time>;
    if (known.format === 'uuid')
      return (
        <Typography.Text code copyable={{ text: value }}>
          {value.slice(0, 8)}
        </Typography.Text>
      );
    if (PEOPLE.has(member)) return <Person code={value} />;
    return WORDED.has(member) ? valueOf(value) : TOLD.has(member) ? sayingOf(value) : value;
  }
  if (isRatio(value))
    return value.value === null ? <span className="muted">–</span> : <span className="num">{percent(value.value)}</span>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="muted">–</span>;
    return value.every(one => typeof one === 'string') ? (
      value.map(one => valueOf(one)).join(', ')
    ) : (
      <span className="num">{number(value.length)}</span>
    );
  }
  return <Typography.Text code>{JSON.stringify(value)}</Typography.Text>;
}

/** Whether values of a schema stand at the right, as numbers do. */
export const isNumeric = (schema: Schema | undefined) => {
  const type = schema && resolve(schema).type;
  return type === 'number' || type === 'integer';
};
