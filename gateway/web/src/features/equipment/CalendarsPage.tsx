import { Button } from 'antd';
import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { ImportButton } from '@/components/ImportButton';
import { Page } from '@/components/Page';
import { readAll } from '@/lib/api/client';
import { download } from '@/lib/files';
import { csvOf } from '@/lib/tableFile';
import { number, useText, type Text } from '@/lib/text';
import { CalendarForm } from './CalendarForm';
import { CALENDAR_SHEET, COLUMNS, rowsOf, TITLES } from './calendarSheet';

const TITLE: Text = ['日历', 'Calendars'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = ['还没有日历。没有日历的设备随时可用。', 'There is no calendar yet. Equipment without one is always open.'];
const EXPORT: Text = ['导出班次表', 'Export the shifts'];
const ROWS: Text = [
  '每个班次一行，同一日历的行合为一个日历，整体替换原有内容。第几天：1 为生效日（通常为星期一），如 1,2,3,4,5；不填即每天。填日期而非第几天，即为例外日；例外日不填班次即停工。休息如 10:00-10:15',
  'A row for each shift; the rows of a calendar together replace what it has. Days: 1 is that from which it is valid, normally a Monday, such as 1,2,3,4,5; none means each. A date instead of days is an exception, closed where it has no shift. Breaks such as 10:00-10:15',
];
const SHIFTS: Text = ['{days} 天循环，{count} 个班次', 'Shifts: {count}, repeated after days: {days}'];
const EACH_DAY: Text = ['每天 {count} 个班次', 'Shifts each day: {count}'];

const exportSheet = async () => {
  const calendars = (await readAll('/api/equipment/calendars')) as Parameters<typeof rowsOf>[0][];
  download(csvOf(calendars.flatMap(rowsOf), COLUMNS), 'calendars.csv');
};

export function Component() {
  const t = useText();
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <ImportButton
            method="put"
            path="/api/equipment/calendars/{code}"
            address={['code']}
            lists={['shifts']}
            titles={TITLES}
            sheet={CALENDAR_SHEET}
            note={ROWS}
          />
          <Button onClick={() => void exportSheet()}>{t(EXPORT)}</Button>
          <CalendarForm />
        </>
      }>
      <DataTable
        isMain
        path="/api/equipment/calendars"
        rowKey={row => row.code}
        empty={t(NONE)}
        columns={[
          'code',
          'version',
          {
            member: 'definition',
            render: row => (
              <>
                {row.definition.zone} ·{' '}
                {row.definition.patterns
                  .map(pattern =>
                    t(pattern.cycle.length === 1 ? EACH_DAY : SHIFTS, {
                      days: pattern.cycle.length,
                      count: number(pattern.cycle.flat().length),
                    }),
                  )
                  .join('; ')}
              </>
            ),
          },
        ]}
        actions={row => (
          <>
            <CalendarForm code={row.code} definition={row.definition} label={EDIT} />
            <History kind="text" service="equipment" of={[['shift_calendar', row.code]]} />
          </>
        )}
      />
    </Page>
  );
}
