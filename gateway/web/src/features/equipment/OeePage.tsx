import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Loaded, Page, Section } from '@/components/Page';
import { SheetTable } from '@/components/SheetTable';
import { Value } from '@/components/Value';
import { addressOf } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { number, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { Pareto } from './Pareto';
import { RatioTiles } from './Ratios';

const TITLE: Text = ['设备效率 OEE', 'OEE'];
const SUB: Text = ['工厂 → 设备 → 班次 → 区间 → 报工', 'Plant → unit → shift → interval → report'];
const LOSSES: Text = ['停机损失', 'Losses by reason'];
const RATIOS = ['availability', 'effectiveness', 'quality', 'oee', 'nee'] as const;

/** The plant's figures, and unit by unit; a unit leads to its shifts. */
export function Component() {
  const t = useText();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [from, to] = [
    dayjs(params.get('from') ?? dayjs().startOf('day').subtract(6, 'day').toISOString()),
    dayjs(params.get('to') ?? dayjs().endOf('day').toISOString()),
  ];
  const window = { from: from.toISOString(), to: to.toISOString() };
  const unitAt = (code: string) => addressOf('/units/one', {}, { code, ...window });
  const oee = useRead('/api/equipment/oee', { query: window });
  return (
    <Page
      title={TITLE}
      sub={t(SUB)}
      actions={
        <DatePicker.RangePicker
          value={[from, to]}
          allowClear={false}
          aria-label={t(nameOf('date'))}
          onChange={days =>
            days?.[0] &&
            days[1] &&
            setParams({ from: days[0].startOf('day').toISOString(), to: days[1].endOf('day').toISOString() })
          }
        />
      }>
      <Loaded reading={oee}>
        {data => (
          <div className="sections">
            <RatioTiles figures={data.figures} ratios={RATIOS} isUpToDate={data.isUpToDate} />
            <SheetTable
              rowKey="equipment"
              dataSource={data.units}
              onRow={row => ({
                className: 'opens',
                onClick: () => void navigate(unitAt(row.equipment)),
              })}
              columns={[
                { title: t(nameOf('equipment')), render: (_, row) => <Link to={unitAt(row.equipment)}>{row.equipment}</Link> },
                { title: t(nameOf('name')), dataIndex: 'name' },
                ...RATIOS.map(ratio => ({
                  title: t(nameOf(ratio)),
                  align: 'right' as const,
                  sorter: (one: (typeof data.units)[number], other: (typeof data.units)[number]) =>
                    (one.figures[ratio].value ?? -1) - (other.figures[ratio].value ?? -1),
                  render: (_: unknown, row: (typeof data.units)[number]) => <Value schema={{}} value={row.figures[ratio]} />,
                })),
                { title: t(nameOf('good')), align: 'right', render: (_, row) => number(row.figures.inputs.good) },
                {
                  title: t(nameOf('scrap')),
                  align: 'right',
                  render: (_, row) => number(row.figures.inputs.scrap),
                },
              ]}
            />
            <Section title={LOSSES}>
              <Pareto window={window} />
            </Section>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
