import { CalendarOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type MouseEvent, type ReactNode } from 'react';
import type { Answer } from '@/lib/api/api';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import type { PlanCanvas } from './canvas';
import { DayShifts, type Day } from './DayShifts';
import type { Bar } from './plan';
import { LEFT } from './view';

const SHIFTS: Text = ['当天班次', 'Shifts of its day'];

type Row = Answer<'/api/scheduling/board', 'get'>['rows'][number];

/** The verbs of a day's shifts: pointed at on the ground of the board with the other button or twice, or by the chosen bar. */
export function useDayShifts(rows: readonly Row[] | undefined) {
  const t = useText();
  const mayDefine = useMay()('put', '/api/equipment/calendars/{code}');
  const [day, setDay] = useState<Day | null>(null);
  const hasCalendar = (equipment: string) => rows?.some(row => row.equipment === equipment && row.calendar !== null) ?? false;

  const pointed = (event: MouseEvent, board: PlanCanvas | null): void => {
    if (!mayDefine || !board || board.host !== event.currentTarget.querySelector('.board-canvas')) return;
    const box = board.host.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const row = board.view.row(y);
    if (x < LEFT || !row || board.view.barAt(x, y) || !hasCalendar(row.key)) return;
    event.preventDefault();
    setDay({ equipment: row.key, time: board.view.time(x) });
  };
  const button = (bars: readonly Bar[]): ReactNode => {
    const [only] = bars;
    if (!mayDefine || bars.length !== 1 || !only || !hasCalendar(only.equipment)) return null;
    return (
      <Button size="small" icon={<CalendarOutlined />} onClick={() => setDay({ equipment: only.equipment, time: only.start })}>
        {t(SHIFTS)}
      </Button>
    );
  };
  const dialog = day && rows && <DayShifts day={day} rows={rows} close={() => setDay(null)} />;
  return { pointed, button, dialog };
}
