import { useQuery } from '@tanstack/react-query';
import { Empty, Segmented } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { DataTable } from '@/components/DataTable';
import { Loaded, Page, Section } from '@/components/Page';
import { Tag } from '@/components/Value';
import { readAll, type Problem } from '@/lib/api/client';
import { date, number, percent, useText, type Text } from '@/lib/text';
import { keyOf, NOTHING, sumsOf, within, type Kept } from './adherence';

const TITLE: Text = ['计划执行', 'Adherence to the plan'];
const BOARD: Text = ['计划板', 'Plan board'];
const SUB: Text = [
  '每天开始时生效的计划中当天应完成的工序，有多少按时在计划的设备上完成',
  'Of the operations that the plan in force at the beginning of a day was to end on that day: how many were finished on it, where they were planned',
];
const DAYS: Text = ['{count} 天', '{count} days'];
const SPAN: Text = ['时间', 'Time'];
const PLANT: Text = ['全厂', 'Plant'];
const EQUIPMENT: Text = ['设备', 'Equipment'];
const OF: Text = ['{kept}/{planned}', '{kept} of {planned}'];
const NONE: Text = [
  '还没有可以比较的日子：计划生效后，从当天开始记录。',
  'There is no day to look at yet: they are kept from the day of the first plan on.',
];
const CHOSEN: Text = ['计划与实际', 'Planned and actual'];
const SPANS = [7, 14, 30];
const GOOD = 0.9;
const FAIR = 0.7;

/** How well the plan of each day was kept, by equipment; a cell leads to what was planned there and what happened. */
export function Component() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const days = Number(params.get('days')) || SPANS[0]!;
  const [chosenDay, chosenUnit] = [params.get('day'), params.get('equipment')];
  const list = useQuery<Kept[], Problem>({
    queryKey: ['past', '/api/scheduling/adherence'], // each minute, not with each event
    queryFn: ({ signal }) => readAll('/api/scheduling/adherence', { signal }) as Promise<Kept[]>,
    placeholderData: before => before,
  });
  const choose = (change: Record<string, string | null>) =>
    setParams(before => {
      for (const [name, value] of Object.entries(change))
        if (value === null) before.delete(name);
        else before.set(name, value);
      return before;
    });
  return (
    <Page
      title={TITLE}
      sub={t(SUB)}
      actions={
        <>
          <Segmented
            aria-label={t(SPAN)}
            value={days}
            onChange={count => choose({ days: String(count) })}
            options={SPANS.map(value => ({ value, label: t(DAYS, { count: value }) }))}
          />
          <Link to="/board">{t(BOARD)}</Link>
        </>
      }>
      <Loaded reading={list}>
        {rows => {
          const shown = within(rows, days);
          if (shown.length === 0) return <Empty description={t(NONE)} />;
          return (
            <div className="sections">
              <Matrix rows={shown} chosen={{ day: chosenDay, equipment: chosenUnit }} choose={choose} />
              {chosenDay && (
                <Section title={CHOSEN} extra={`${chosenUnit ?? t(PLANT)} · ${date(chosenDay)}`}>
                  <DataTable
                    key={`${chosenDay} ${chosenUnit}`}
                    path="/api/scheduling/adherence/operations"
                    query={{ day: chosenDay, ...(chosenUnit && { equipment: chosenUnit }) }}
                    filters={['outcome']}
                    columns={[
                      { member: 'order', render: row => <Link to={`/orders/${row.orderId}`}>{row.order}</Link> },
                      'operation',
                      'equipment',
                      'startsAt',
                      'endsAt',
                      'workedEquipment',
                      'workedFrom',
                      'workedTo',
                      { member: 'outcome', render: row => <Tag value={row.outcome} /> },
                    ]}
                    more={['product']}
                    rowKey={row => row.operationId}
                  />
                </Section>
              )}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

interface MatrixProps {
  rows: readonly Kept[];
  chosen: { day: string | null; equipment: string | null };
  choose: (change: Record<string, string | null>) => void;
}

function Matrix({ rows, chosen, choose }: MatrixProps) {
  const t = useText();
  const days = [...new Set(rows.map(row => row.day))].sort();
  const units = [...new Set(rows.map(row => row.equipment))].sort();
  const sums = useMemo(() => sumsOf(rows), [rows]);
  const cell = (day: string, equipment: string | null) => (
    <Cell
      key={day}
      {...(sums.get(keyOf(day, equipment)) ?? NOTHING)}
      isChosen={chosen.day === day && chosen.equipment === equipment}
      open={() => choose({ day, equipment })}
    />
  );
  return (
    <div className="sheet adherence" tabIndex={0} role="region" aria-label={t(TITLE)}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t(EQUIPMENT)}</th>
            {days.map(day => (
              <th key={day} scope="col">
                {date(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="whole">
            <th scope="row">{t(PLANT)}</th>
            {days.map(day => cell(day, null))}
          </tr>
          {units.map(unit => (
            <tr key={unit}>
              <th scope="row">{unit}</th>
              {days.map(day => cell(day, unit))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  planned: number;
  kept: number;
  isChosen: boolean;
  open: () => void;
}

function Cell({ planned, kept, isChosen, open }: CellProps) {
  const t = useText();
  if (planned === 0) return <td className="muted">–</td>;
  const share = kept / planned;
  const level = share >= GOOD ? 'good' : share >= FAIR ? 'fair' : 'poor';
  return (
    <td className={`${level}${isChosen ? ' chosen' : ''}`}>
      <button type="button" className="as-link" onClick={open}>
        <strong>{percent(share)}</strong> <small>{t(OF, { kept: number(kept), planned: number(planned) })}</small>
      </button>
    </td>
  );
}
