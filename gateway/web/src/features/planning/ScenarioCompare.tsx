import { CheckOutlined } from '@ant-design/icons';
import { Table } from 'antd';
import { useState } from 'react';
import { MultiSelect } from '@/components/MultiSelect';
import { useRead } from '@/lib/api/hooks';
import { spanOf } from '@/lib/duration';
import { number, percent, useText, type Text } from '@/lib/text';
import { bestOf, ROWS, type Row } from './scenario';

const IN_FORCE: Text = ['现行计划', 'Plan in force'];
const WITH: Text = ['再比较', 'Compare with'];
const OTHERS: Text = ['选择其他方案', 'Choose other scenarios'];
const BEST: Text = ['最好', 'best'];
const FIGURE: Text = ['指标', 'Figure'];
const COMPARED_MAX = 9;

const isTime = (member: string) => member.endsWith('Seconds');

/** A figure, or with a sign what it is more or less. */
function shown({ member, isShare }: Row, value: number): string {
  if (isShare) return percent(value);
  return isTime(member) ? spanOf(value) : number(value);
}
const signed = (row: Row, value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±') + shown(row, Math.abs(value));

/** A scenario side by side with the plan in force, and with others that are chosen. */
export function ScenarioCompare({ id }: { id: string }) {
  const t = useText();
  const [others, setOthers] = useState<string[]>([]);
  const scenarios = useRead('/api/scheduling/scenarios', { query: { status: 'Draft', size: 200 } });
  const compared = useRead('/api/scheduling/scenarios/compare', { query: { id: [id, ...others] } as never });
  const all = compared.data ?? [];
  const base = all.find(one => one.scenarioId === null);
  return (
    <>
      <div className="compare-with">
        <span>{t(WITH)}</span>
        <MultiSelect
          mode="multiple"
          aria-label={t(OTHERS)}
          placeholder={t(OTHERS)}
          value={others}
          onChange={(next: string[]) => setOthers(next.slice(0, COMPARED_MAX))}
          options={(scenarios.data?.items ?? []).filter(one => one.id !== id).map(one => ({ value: one.id, label: one.name }))}
        />
      </div>
      <Table
        size="small"
        className="sheet compare"
        loading={!compared.data}
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey="member"
        dataSource={[...ROWS]}
        columns={[
          { title: t(FIGURE), fixed: 'left', render: (_, row) => t(row.name) },
          ...all.map((one, n) => ({
            key: one.scenarioId ?? 'inForce',
            title: one.scenarioId === null ? t(IN_FORCE) : one.name,
            align: 'right' as const,
            render: (_: unknown, row: Row) => {
              const isBest = bestOf(row, all).has(n);
              const difference = base && one !== base && row.member !== 'moved' ? row.of(one) - row.of(base) : null;
              return (
                <span className={`num${isBest ? ' best' : ''}`}>
                  {isBest && <CheckOutlined aria-label={t(BEST)} />} {shown(row, row.of(one))}
                  {difference !== null && difference !== 0 && <small className="muted"> {signed(row, difference)}</small>}
                </span>
              );
            },
          })),
        ]}
      />
    </>
  );
}
