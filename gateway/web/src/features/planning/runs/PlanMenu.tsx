import { DownOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import type { Answer } from '@/lib/api/api';
import { useRead, useVerb } from '@/lib/api/hooks';
import { useMay } from '@/lib/session';
import { useText, type Text } from '@/lib/text';
import { wordsOf } from '@/lib/words/refusals';
import { secondsOf } from './run';

const PLAN: Text = ['排程', 'Plan'];
const SEARCHES: Text = ['最多搜索 {seconds} 秒', 'searches for up to {seconds} s'];
const MODES = ['Incremental', 'Repair', 'Full'] as const;
const NAMES: Readonly<Record<(typeof MODES)[number], Text>> = {
  Incremental: ['立即排程', 'Plan now'],
  Repair: ['修复', 'Repair'],
  Full: ['全部重排', 'Plan everything anew'],
};
const WHATS: Readonly<Record<(typeof MODES)[number], Text>> = {
  Incremental: [
    '自上次排程以来有变化时，在现行计划附近找更好的；没有变化就不动。',
    'If anything changed since the last plan, a better one near it; else nothing moves.',
  ],
  Repair: [
    '无论有无变化，在现行计划附近找更好的，尽量少改。',
    'Whether anything changed or not, a better plan near the one in force, changing little.',
  ],
  Full: ['从头排；已锁定、已开工和冻结区内的工序不动。', 'From scratch; what is locked, begun or in the frozen zone stays.'],
};

/** Asks for a planning run: which there are, what each does and how long it takes. */
export function PlanMenu({ onAsked }: { onAsked: (id: string) => void }) {
  const t = useText();
  const may = useMay();
  const { message } = App.useApp();
  const settings = useRead('/api/scheduling/settings');
  const ask = useVerb('post', '/api/scheduling/plans');
  if (!may('post', '/api/scheduling/plans')) return null;
  const plan = async (mode: (typeof MODES)[number]) => {
    try {
      const asked: Answer<'/api/scheduling/plans', 'post'> = await ask.mutateAsync({ body: { mode } });
      onAsked(asked.runId);
    } catch (problem) {
      void message.error(wordsOf(problem), 6);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'plan-menu',
        onClick: ({ key }) => void plan(key as (typeof MODES)[number]),
        items: MODES.map(mode => ({
          key: mode,
          label: (
            <div>
              <strong>{t(NAMES[mode])}</strong>
              {settings.data && (
                <span className="muted"> · {t(SEARCHES, { seconds: secondsOf(mode, settings.data) ?? '' })}</span>
              )}
              <div className="muted">{t(WHATS[mode])}</div>
            </div>
          ),
        })),
      }}>
      <Button type="primary" icon={<ThunderboltOutlined />} loading={ask.isPending}>
        {t(PLAN)} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
