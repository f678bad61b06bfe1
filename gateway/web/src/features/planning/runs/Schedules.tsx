import { Table } from 'antd';
import { Link } from 'react-router';
import { Section } from '@/components/Page';
import { Tag } from '@/components/Value';
import { useRead } from '@/lib/api/hooks';
import { ago, dateTime, useText, type Text } from '@/lib/text';
import { nameOf, valueOf } from '@/lib/words/words';

const TITLE: Text = ['自动排程', 'Planned by itself'];
const SCHEDULE: Text = ['时间表', 'Schedule'];
const NEVER: Text = ['不再到期', 'Not due any more'];
const NOT_YET: Text = ['尚未运行', 'Not yet'];

/** When the plant plans by itself: next, last, and what became of that. */
export function Schedules() {
  const t = useText();
  const schedules = useRead('/api/scheduling/schedules');
  return (
    <Section title={TITLE}>
      <Table
        size="small"
        className="sheet schedules"
        loading={!schedules.data}
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey="key"
        dataSource={schedules.data}
        columns={[
          { title: t(SCHEDULE), render: (_, one) => valueOf(one.key) },
          { title: t(nameOf('mode')), render: (_, one) => valueOf(one.mode) },
          {
            title: t(nameOf('nextAt')),
            render: (_, one) => one.error ?? (one.nextAt ? `${dateTime(one.nextAt)} (${ago(one.nextAt)})` : t(NEVER)),
          },
          {
            title: t(nameOf('lastAt')),
            render: (_, one) => (one.lastAt ? `${dateTime(one.lastAt)} (${ago(one.lastAt)})` : t(NOT_YET)),
          },
          {
            title: t(nameOf('lastStatus')),
            render: (_, one) =>
              one.lastRunId && (
                <Link to={`/runs/${one.lastRunId}`}>
                  <Tag value={one.lastStatus ?? ''} />
                </Link>
              ),
          },
          { title: t(nameOf('cron')), render: (_, one) => <code>{`${one.cron} (${one.timeZone})`}</code> },
        ]}
      />
    </Section>
  );
}
