import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, DatePicker, Modal } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { Loaded } from '@/components/Page';
import { ProblemAlert } from '@/components/Problem';
import { useUndo } from '@/components/useUndo';
import type { Answer } from '@/lib/api/api';
import { command, newId, read } from '@/lib/api/client';
import { useRead, useVerb } from '@/lib/api/hooks';
import { dateIn, shiftsOf, shiftsOn, usualBefore, withShifts, type Definition, type Shift } from '@/lib/shiftCalendar';
import { useText, type Text } from '@/lib/text';

const PUT = '/api/equipment/calendars/{code}';
const TITLE: Text = ['日历 {code}：某一天的班次', 'Calendar {code}: the shifts of a day'];
const DATE: Text = ['日期', 'Day'];
const BEGINS: Text = ['班次归属其开始的那一天', 'A shift belongs to the day on which it begins'];
const SHARED: Text = ['按此日历的设备（{count}）：{units}', 'Equipment that goes by it ({count}): {units}'];
const NOW: Text = ['当天现为：{shifts}', 'Now on this day: {shifts}'];
const CLOSED: Text = ['停工', 'closed'];
const CLOSE: Text = ['此日停工', 'Close this day'];
const WORK: Text = ['按所选班次开工', 'Work the chosen shifts'];
const BACK: Text = ['返回', 'Back'];
const NO_SHIFTS: Text = ['此日历没有班次，请先在“日历”中设定。', 'This calendar has no shifts yet: define them under Calendars.'];
const CLOSED_DONE: Text = ['{code} · {date} 停工', '{code} · {date} is closed'];
const WORKED_DONE: Text = ['{code} · {date}：{shifts}', '{code} · {date}: {shifts}'];
const CHANGED: Text = ['期间已有其他更改，未撤销', 'It was changed since: nothing was undone'];
const UNITS_SHOWN = 12;
const TRIES_MAX = 60;
const PAUSE_MS = 1000;

type Row = Answer<'/api/scheduling/board', 'get'>['rows'][number];
export interface Day {
  equipment: string;
  time: number;
}

/** A day of the calendar of the equipment that was pointed at: closed, or worked by the shifts that the calendar knows. */
export function DayShifts({ day, rows, close }: { day: Day; rows: readonly Row[]; close: () => void }) {
  const t = useText();
  const code = rows.find(row => row.equipment === day.equipment)?.calendar ?? '';
  const calendar = useRead('/api/equipment/calendars/{code}', { path: { code } }, code !== '');
  return (
    <Modal open title={t(TITLE, { code })} onCancel={close} footer={null} destroyOnHidden>
      <Loaded reading={calendar}>
        {({ definition, version }) => (
          <Shifts
            {...{ code, definition, version, day, close }}
            units={rows.filter(row => row.calendar === code).map(row => row.equipment)}
          />
        )}
      </Loaded>
    </Modal>
  );
}

const keyOf = (shift: Shift) => JSON.stringify(shift);
const nameOf = ({ code, start, end }: Shift) => `${code} ${start}–${end}`;

interface ShiftsProps {
  code: string;
  definition: Definition;
  version: number;
  day: Day;
  units: string[];
  close: () => void;
}

function Shifts({ code, definition, version, day, units, close }: ShiftsProps) {
  const t = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const undo = useUndo();
  const define = useVerb('put', PUT);
  const [date, setDate] = useState(() => dateIn(definition.zone, day.time));
  const now = shiftsOn(definition, date);
  const suggested = now.length > 0 ? now : usualBefore(definition, date);
  const [chosen, setChosen] = useState<string[]>([]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- those of another day, or of a calendar that was changed
  useEffect(() => setChosen(suggested.map(keyOf)), [date, version]);
  const known = shiftsOf(definition);
  const said = (shifts: Shift[]) => (shifts.length > 0 ? shifts.map(nameOf).join(', ') : t(CLOSED));

  /** The plan stands on it as soon as Scheduling was told. */
  const shown = async (told: number) => {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const { items } = await read('/api/scheduling/calendars', { query: { size: 1000 } });
      if (items.some(one => one.code === code && one.version >= told)) break;
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
    await client.invalidateQueries({ queryKey: ['/api/scheduling/board'] });
  };
  const takeBack = async (done: number) => {
    const found = await read(PUT, { path: { code } });
    if (found.version !== done) {
      void message.warning(t(CHANGED));
      return;
    }
    const back = await command('put', PUT, { path: { code }, body: definition }, newId());
    await shown(back.version);
  };
  const send = (shifts: Shift[]) =>
    define.mutate(
      { path: { code }, body: withShifts(definition, date, shifts) },
      {
        onSuccess: answer => {
          close();
          undo(`calendar ${code}`, t(shifts.length > 0 ? WORKED_DONE : CLOSED_DONE, { code, date, shifts: said(shifts) }), () =>
            takeBack(answer.version),
          );
          void shown(answer.version);
        },
      },
    );
  return (
    <div className="sections">
      <div className="in-line">
        <DatePicker
          aria-label={t(DATE)}
          allowClear={false}
          value={dayjs(date)}
          onChange={value => value && setDate(value.format('YYYY-MM-DD'))}
        />
        <span className="muted small">{t(BEGINS)}</span>
      </div>
      <p>
        {t(NOW, { shifts: said(now) })}
        <br />
        <span className="muted">
          {t(SHARED, {
            count: units.length,
            units: units.slice(0, UNITS_SHOWN).join(', ') + (units.length > UNITS_SHOWN ? ' …' : ''),
          })}
        </span>
      </p>
      {known.length === 0 ? (
        <p className="muted">{t(NO_SHIFTS)}</p>
      ) : (
        <Checkbox.Group
          className="day-shifts"
          value={chosen}
          onChange={setChosen}
          options={known.map(shift => ({ value: keyOf(shift), label: nameOf(shift) }))}
        />
      )}
      {define.error && <ProblemAlert problem={define.error} />}
      <div className="editor-foot">
        <Button onClick={close}>{t(BACK)}</Button>
        <Button danger disabled={now.length === 0} loading={define.isPending} onClick={() => send([])}>
          {t(CLOSE)}
        </Button>
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={define.isPending}
          onClick={() => send(known.filter(shift => chosen.includes(keyOf(shift))))}>
          {t(WORK)}
        </Button>
      </div>
    </div>
  );
}
