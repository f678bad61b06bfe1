import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { FormDrawer } from '@/components/FormDrawer';
import { placeProblem } from '@/components/placeProblem';
import type { Body } from '@/lib/api/api';
import { useVerb } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { AddHolidays, TakeRotation } from './CalendarHelp';

const NEW: Text = ['新建日历', 'New calendar'];
const ZONE: Text = ['班次时间按此时区', 'The times of the shifts are those of this zone'];
const DAY: Text = ['第 {day} 天', 'Day {day}'];
const ADD_SHIFT: Text = ['添加班次', 'Add a shift'];
const EXCEPTIONS: Text = ['例外日（无班次即停工）', 'Exceptions (closed where they have no shift)'];
const COLUMNS: Text = ['班次 · 开始 · 结束 · 休息', 'shift · start · end · breaks'];
const ADD_DAY: Text = ['添加日期', 'Add a day'];
const REMOVE: Text = ['移除', 'Remove'];
const NEEDED: Text = ['请填写', 'Enter this'];
const BREAK: Text = ['休息', 'Break'];
const WEEK: readonly Text[] = [
  ['星期一', 'Monday'],
  ['星期二', 'Tuesday'],
  ['星期三', 'Wednesday'],
  ['星期四', 'Thursday'],
  ['星期五', 'Friday'],
  ['星期六', 'Saturday'],
  ['星期日', 'Sunday'],
];
const DAYS_OF_WEEK = 7;

type Definition = Body<'/api/equipment/calendars/{code}', 'put'>;
type Shift = Definition['patterns'][number]['cycle'][number][number];
interface Day {
  shifts: Shift[];
}
interface Values {
  code: string;
  zone: string;
  patterns: { validFrom: Dayjs; days: Day[] }[];
  exceptions: { date: Dayjs; shifts: Shift[] }[];
}

const lastMonday = () =>
  dayjs()
    .startOf('day')
    .subtract((dayjs().day() + 6) % DAYS_OF_WEEK, 'day');
const emptyWeek = (): Day[] => Array.from({ length: DAYS_OF_WEEK }, () => ({ shifts: [] }));

const toValues = (code?: string, definition?: Definition): Values => ({
  code: code ?? '',
  zone: definition?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  patterns: definition?.patterns.map(one => ({
    validFrom: dayjs(one.validFrom),
    days: one.cycle.map(shifts => ({ shifts })),
  })) ?? [{ validFrom: lastMonday(), days: emptyWeek() }],
  exceptions: definition?.exceptions?.map(one => ({ date: dayjs(one.date), shifts: one.shifts })) ?? [],
});

const toDefinition = (values: Values): Definition => ({
  zone: values.zone,
  patterns: values.patterns.map(one => ({
    validFrom: one.validFrom.format('YYYY-MM-DD'),
    cycle: one.days.map(day => day.shifts ?? []),
  })),
  exceptions: (values.exceptions ?? []).map(one => ({ date: one.date.format('YYYY-MM-DD'), shifts: one.shifts ?? [] })),
});

/** The shifts of a plant: a pattern day by day, and the days that are different. */
export function CalendarForm({ code, definition, label = NEW }: { code?: string; definition?: Definition; label?: Text }) {
  const t = useText();
  const may = useMay();
  const [form] = Form.useForm<Values>();
  const [isOpen, setIsOpen] = useState(false);
  const [isPlaced, setIsPlaced] = useState(false);
  const define = useVerb('put', '/api/equipment/calendars/{code}');
  if (!may('put', '/api/equipment/calendars/{code}')) return null;
  const send = (values: Values) =>
    define.mutate(
      { path: { code: code ?? values.code }, body: toDefinition(values) },
      {
        onSuccess: () => setIsOpen(false),
        onError: problem => setIsPlaced(placeProblem(form as never, problem, toDefinition(values))),
      },
    );
  const needed = [{ required: true, message: t(NEEDED) }];
  return (
    <>
      <Button type={code ? 'text' : 'primary'} size={code ? 'small' : undefined} onClick={() => setIsOpen(true)}>
        {t(label)}
      </Button>
      <FormDrawer
        title={code ?? t(label)}
        size={820}
        isOpen={isOpen}
        isSaving={define.isPending}
        problem={isPlaced ? null : define.error}
        onSubmit={() => form.submit()}
        onClose={() => setIsOpen(false)}>
        <Form form={form} layout="vertical" initialValues={toValues(code, definition)} onFinish={send}>
          {!code && (
            <Form.Item name="code" label={t(nameOf('code'))} rules={needed}>
              <Input maxLength={100} />
            </Form.Item>
          )}
          <Form.Item name="zone" label={t(nameOf('zone'))} help={t(ZONE)} rules={needed}>
            <Select showSearch options={Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))} />
          </Form.Item>
          <Form.List name="patterns">
            {patterns =>
              patterns.map(pattern => (
                <div className="nested" key={pattern.key}>
                  <Form.Item name={[pattern.name, 'validFrom']} label={t(nameOf('validFrom'))} rules={needed}>
                    <DatePicker />
                  </Form.Item>
                  <TakeRotation pattern={pattern.name} />
                  <Form.List name={[pattern.name, 'days']}>
                    {days =>
                      days.map(day => (
                        <Shifts
                          key={day.key}
                          name={[day.name, 'shifts']}
                          label={days.length === DAYS_OF_WEEK ? t(WEEK[day.name]!) : t(DAY, { day: day.name + 1 })}
                        />
                      ))
                    }
                  </Form.List>
                </div>
              ))
            }
          </Form.List>
          <h2>{t(EXCEPTIONS)}</h2>
          <AddHolidays />
          <Form.List name="exceptions">
            {(days, { add, remove }) => (
              <>
                {days.map(day => (
                  <div className="nested" key={day.key}>
                    <Form.Item name={[day.name, 'date']} label={t(nameOf('date'))} rules={needed}>
                      <DatePicker />
                    </Form.Item>
                    <Shifts name={[day.name, 'shifts']} label="" />
                    <Button size="small" onClick={() => remove(day.name)}>
                      {t(REMOVE)}
                    </Button>
                  </div>
                ))}
                <Button size="small" icon={<PlusOutlined />} onClick={() => add({ shifts: [] })}>
                  {t(ADD_DAY)}
                </Button>
              </>
            )}
          </Form.List>
          <button type="submit" hidden />
        </Form>
      </FormDrawer>
    </>
  );
}

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/;

function Shifts({ name, label }: { name: (string | number)[]; label: string }) {
  const t = useText();
  const time = [{ required: true, pattern: TIME, message: 'HH:mm' }];
  return (
    <Form.List name={name}>
      {(shifts, { add, remove }) => (
        <div className="day">
          <strong>
            {label}
            <small className="muted"> {t(COLUMNS)}</small>
          </strong>
          <div>
            {shifts.map(shift => (
              <div className="shift" key={shift.key}>
                <Form.Item name={[shift.name, 'code']} rules={[{ required: true, message: t(NEEDED) }]}>
                  <Input placeholder={t(nameOf('shift'))} aria-label={t(nameOf('shift'))} />
                </Form.Item>
                <Form.Item name={[shift.name, 'start']} rules={time}>
                  <Input placeholder="06:00" aria-label={t(nameOf('start'))} />
                </Form.Item>
                <Form.Item name={[shift.name, 'end']} rules={time}>
                  <Input placeholder="14:00" aria-label={t(nameOf('end'))} />
                </Form.Item>
                <Form.List name={[shift.name, 'breaks']}>
                  {(breaks, breakVerbs) => (
                    <>
                      {breaks.map(one => (
                        <span className="break" key={one.key}>
                          <span className="muted">{t(BREAK)}</span>
                          <Form.Item name={[one.name, 'start']} rules={time}>
                            <Input placeholder="10:00" aria-label={`${t(BREAK)} ${t(nameOf('start'))}`} />
                          </Form.Item>
                          <Form.Item name={[one.name, 'end']} rules={time}>
                            <Input placeholder="10:30" aria-label={`${t(BREAK)} ${t(nameOf('end'))}`} />
                          </Form.Item>
                          <Button
                            type="text"
                            size="small"
                            icon={<MinusCircleOutlined />}
                            aria-label={t(REMOVE)}
                            onClick={() => breakVerbs.remove(one.name)}
                          />
                        </span>
                      ))}
                      <Button type="text" size="small" onClick={() => breakVerbs.add()}>
                        + {t(BREAK)}
                      </Button>
                    </>
                  )}
                </Form.List>
                <Button
                  type="text"
                  size="small"
                  icon={<MinusCircleOutlined />}
                  aria-label={t(REMOVE)}
                  onClick={() => remove(shift.name)}
                />
              </div>
            ))}
            <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => add()}>
              {t(ADD_SHIFT)}
            </Button>
          </div>
        </div>
      )}
    </Form.List>
  );
}
