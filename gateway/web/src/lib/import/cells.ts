import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';
import { resolve, type Schema } from '../api/api';
import type { Text } from '../text';
import { VALUES } from '../words/values';

dayjs.extend(customParseFormat);

/** A cell as the API takes it, or why it cannot be taken. */
export type Cell = { value: unknown } | { error: Text };

const NEEDED: Text = ['必填', 'It must be filled in'];
const NO_NUMBER: Text = ['不是数字', 'This is no number'];
const NO_WHOLE: Text = ['不是整数', 'This is no whole number'];
const OUT_OF_BOUNDS: Text = ['超出范围', 'This is out of bounds'];
const TOO_LONG: Text = ['太长', 'This is too long'];
const NO_CHOICE: Text = ['不是可选值', 'This is none of the choices'];
const NO_TIME: Text = ['不是日期或时间', 'This is no date or time'];
const NO_TIME_OF_DAY: Text = ['不是时刻（HH:mm）', 'This is no time of day (HH:mm)'];
const NO_CODE: Text = ['编号中有不允许的字符', 'A character in this code is not allowed'];

const YES = new Set(['1', 'true', 'yes', 'y', '是', '√', '✓']);
const NO = new Set(['0', 'false', 'no', 'n', '否', '×', '']);
const TIMES = [
  'YYYY-MM-DD HH:mm:ss',
  'YYYY-MM-DD HH:mm',
  'YYYY-MM-DD',
  'YYYY/M/D H:mm',
  'YYYY/M/D',
  'DD.MM.YYYY HH:mm',
  'DD.MM.YYYY',
  'YYYY年M月D日',
];
const UNSEEN = /[\p{Cc}\p{Cf}]/u;
const SEPARATORS = /[,;，；、]/;

/** Reads a cell by the schema of its member; times are those of the user's zone. */
export function readCell(text: string, schema: Schema, isRequired: boolean): Cell {
  const known = resolve(schema);
  if (text === '') {
    if (!isRequired || known.type === 'boolean') return { value: undefined };
    return known.nullable ? { value: null } : { error: NEEDED };
  }
  if (known.type === 'array') {
    const cells = text
      .split(SEPARATORS)
      .map(one => one.trim())
      .filter(Boolean)
      .map(one => readCell(one, known.items ?? {}, true));
    return cells.find(cell => 'error' in cell) ?? { value: cells.map(cell => (cell as { value: unknown }).value) };
  }
  if (known.enum) return choiceOf(text, known.enum);
  if (known.type === 'boolean')
    return YES.has(text.toLowerCase()) ? { value: true } : NO.has(text.toLowerCase()) ? { value: false } : { error: NO_CHOICE };
  if (known.type === 'number' || known.type === 'integer') return numberOf(text, known);
  if (known.format === 'date-time' || known.format === 'date') return timeOf(text, known.format);
  if (known.format === 'time') return timeOfDay(text);
  if (known.maxLength && text.length > known.maxLength) return { error: TOO_LONG };
  return UNSEEN.test(text) ? { error: NO_CODE } : { value: text };
}

/** A choice by the API's word or by that of either language. */
function choiceOf(text: string, choices: string[]): Cell {
  const same = (word: string) => word.toLowerCase() === text.toLowerCase();
  const found = choices.find(choice => same(choice) || VALUES[choice]?.some(same));
  return found ? { value: found } : { error: NO_CHOICE };
}

/** `1,234.5`, `1.234,5`, `12,5` and `12.5`; a single comma with three digits behind it separates thousands. */
function numberOf(text: string, schema: Schema): Cell {
  const bare = text.normalize('NFKC').replace(/[\s\u00a0']/g, ''); // full-width digits too
  const decimal = bare.lastIndexOf(',') > bare.lastIndexOf('.') ? (/^-?\d{1,3}(,\d{3})+$/.test(bare) ? '.' : ',') : '.';
  const plain = bare.replaceAll(decimal === ',' ? '.' : ',', '').replace(',', '.');
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain)) return { error: NO_NUMBER };
  const value = Number(plain);
  if (schema.type === 'integer' && !Number.isInteger(value)) return { error: NO_WHOLE };
  const isOut =
    (schema.minimum !== undefined && value < schema.minimum) ||
    (schema.maximum !== undefined && value > schema.maximum) ||
    (schema.above !== undefined && value <= schema.above);
  return isOut ? { error: OUT_OF_BOUNDS } : { value };
}

function timeOf(text: string, format: string): Cell {
  const plain = text.normalize('NFKC');
  const isFull = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = isFull ? dayjs(text) : TIMES.map(one => dayjs(plain, one, true)).find(one => one.isValid());
  if (!time?.isValid()) return { error: NO_TIME };
  return { value: format === 'date' ? time.format('YYYY-MM-DD') : time.toISOString() };
}

/** `6:00` and `06:00:00` too, and what a spreadsheet makes of it: that time on the day with which it begins to count. */
function timeOfDay(text: string): Cell {
  const [, hour, minute] =
    /^(?:(?:1899|1900)-\d\d-\d\dT)?(\d{1,2}):([0-5]\d)(?::00(?:\.000Z)?)?$/.exec(text.normalize('NFKC')) ?? [];
  return minute === undefined || Number(hour) > 24 || (Number(hour) === 24 && minute !== '00')
    ? { error: NO_TIME_OF_DAY }
    : { value: `${hour!.padStart(2, '0')}:${minute}` };
}

/** The member that a column's heading names: as the API or either language has it. */
export function memberOf(heading: string, members: readonly { name: string; title: Text }[]): string | undefined {
  const bare = (word: string) =>
    word
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_*()-]/g, '');
  return members.find(({ name, title }) => [name, ...title].some(word => bare(word) === bare(heading)))?.name;
}
