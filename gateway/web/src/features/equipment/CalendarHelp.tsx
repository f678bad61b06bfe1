import { App, Button, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import type { Definition } from '@/lib/shiftCalendar';
import { useText, type Text } from '@/lib/text';
import { exceptionsOf, HOLIDAYS, merged, readDates, ROTATIONS, type Exception } from './holidays';

const ROTATION: Text = ['套用轮班模式', 'Take a pattern'];
const HOLIDAY: Text = ['添加节假日', 'Add holidays'];
const DATES: Text = [
  '粘贴停工日期，每行一个或一段，如 2027-02-05 至 2027-02-11',
  'Paste closed days, a day or a span to a line, such as 2027-02-05 to 2027-02-11',
];
const ADD: Text = ['添加这些日期', 'Add these days'];
const ADDED: Text = ['已添加 {count} 天，保存后生效', 'Days added: {count}; they hold once it is saved'];
const WRONG: Text = ['不是日期：{lines}', 'No dates: {lines}'];

const iso = (day: Dayjs) => day.format('YYYY-MM-DD');

/** Fills in a pattern that plants often have, to be changed afterwards. */
export function TakeRotation({ pattern }: { pattern: number }) {
  const t = useText();
  const form = Form.useFormInstance();
  return (
    <Select
      className="one-select"
      aria-label={t(ROTATION)}
      placeholder={t(ROTATION)}
      value={null}
      onSelect={(name: string | null) =>
        form.setFieldValue(
          ['patterns', pattern, 'days'],
          ROTATIONS[name!]!.cycle.map(shifts => ({ shifts })),
        )
      }
      options={Object.entries(ROTATIONS).map(([value, { name }]) => ({ value, label: t(name) }))}
    />
  );
}

interface Values {
  patterns: { validFrom: Dayjs; days: { shifts?: Exception['shifts'] }[] }[];
  exceptions?: { date: Dayjs; shifts?: Exception['shifts'] }[];
}

/** Holidays from a list whose origin is told, or dates that are pasted. What is there already stays. */
export function AddHolidays() {
  const t = useText();
  const { message } = App.useApp();
  const form = Form.useFormInstance<Values>();
  const [list, setList] = useState<string | null>(null);
  const [text, setText] = useState('');
  const read = readDates(text);
  const add = (more: Exception[]) => {
    const known = (form.getFieldValue('exceptions') as Values['exceptions']) ?? [];
    const before = known.filter(one => one.date).map(({ date, shifts }) => ({ date: iso(date), shifts: shifts ?? [] }));
    const after = merged(before, more);
    form.setFieldValue(
      'exceptions',
      after.map(({ date, shifts }) => ({ date: dayjs(date), shifts })),
    );
    void message.info(t(ADDED, { count: after.length - before.length }));
  };
  const patterns = (): Definition['patterns'] =>
    ((form.getFieldValue('patterns') as Values['patterns']) ?? [])
      .filter(one => one.validFrom)
      .map(one => ({ validFrom: iso(one.validFrom), cycle: one.days.map(day => day.shifts ?? []) }));
  return (
    <div className="sections">
      <Select
        className="one-select"
        aria-label={t(HOLIDAY)}
        placeholder={t(HOLIDAY)}
        value={list}
        onSelect={(name: string | null) => {
          setList(name);
          add(exceptionsOf(HOLIDAYS[name!]!, patterns()));
        }}
        options={Object.entries(HOLIDAYS).map(([value, { name }]) => ({ value, label: t(name) }))}
      />
      {list && <span className="muted small">{t(HOLIDAYS[list]!.origin)}</span>}
      <Input.TextArea
        rows={2}
        aria-label={t(DATES)}
        placeholder={t(DATES)}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {read.wrong.length > 0 && (
        <span className="wrong-cell small" role="alert">
          {t(WRONG, { lines: read.wrong.slice(0, 5).join(', ') })}
        </span>
      )}
      <div>
        <Button
          size="small"
          disabled={read.dates.length === 0 || read.wrong.length > 0}
          onClick={() => {
            add(read.dates.map(date => ({ date, shifts: [] })));
            setText('');
          }}>
          {t(ADD)}
        </Button>
      </div>
    </div>
  );
}
