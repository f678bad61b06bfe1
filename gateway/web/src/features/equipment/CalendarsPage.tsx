import { DataTable } from '@/components/DataTable';
import { History } from '@/components/History';
import { Page } from '@/components/Page';
import { number, useText, type Text } from '@/lib/text';
import { CalendarForm } from './CalendarForm';

const TITLE: Text = ['日历', 'Calendars'];
const EDIT: Text = ['修改', 'Edit'];
const NONE: Text = ['还没有日历。没有日历的设备随时可用。', 'There is no calendar yet. Equipment without one is always open.'];
const SHIFTS: Text = ['{days} 天循环，{count} 个班次', 'Shifts: {count}, repeated after days: {days}'];
const EACH_DAY: Text = ['每天 {count} 个班次', 'Shifts each day: {count}'];

export function Component() {
  const t = useText();
  return (
    <Page title={TITLE} actions={<CalendarForm />}>
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
