import { Link, useParams } from 'react-router';
import { History } from '@/components/History';
import { Facts, Loaded, Page, Section } from '@/components/Page';
import { useRead } from '@/lib/api/hooks';
import { number, percent, useText, type Text } from '@/lib/text';
import { nameOf } from '@/lib/words/words';
import { changesInWords, latenessInWords } from './run';

const TITLE: Text = ['排程运行', 'Planning run'];
const BACK: Text = ['排程运行', 'Planning runs'];
const ATTEMPT: Text = ['运行', 'Attempt'];
const PROGRESS: Text = ['进展', 'Progress'];
const LEVELS: Text = [
  '目标值按级别排列，用“·”分隔：前一级优先于后一级；每行是一个更好的计划，差距是与下界相比',
  'A value by level, separated by “·”: an earlier level counts before a later one. Each row is a better plan; the gap is to the bound.',
];
const TO_PLAN: Text = ['查看计划', 'To the plan'];
const BEST: Text = ['结果', 'Result'];

export function Component() {
  const t = useText();
  const { id = '' } = useParams();
  const run = useRead('/api/scheduling/runs/{id}', { path: { id } });
  return (
    <Loaded reading={run}>
      {data => (
        <Page
          title={TITLE}
          back={{ to: '/runs', name: BACK }}
          actions={
            <History
              service="scheduling"
              of={data.attempts.map(one => ['planning_run', { Id: id, Attempt: one.attempt }, String(one.attempt)])}
            />
          }>
          <div className="sections">
            {data.attempts.map(attempt => (
              <Section
                key={attempt.attempt}
                title={ATTEMPT}
                extra={
                  <>
                    {attempt.attempt} · {attempt.planId && <Link to={`/plans/${attempt.planId}?tab=changes`}>{t(TO_PLAN)}</Link>}
                  </>
                }>
                <Facts
                  schema={{ ref: 'scheduling/RunAttempt' }}
                  record={attempt}
                  members={[
                    'status',
                    'mode',
                    'trigger',
                    'askedAt',
                    'startedAt',
                    'endedAt',
                    'orders',
                    'operations',
                    'gap',
                    'durationMs',
                    'error',
                  ]}
                />
                <p>
                  {[latenessInWords(attempt.lateOrders, attempt.tardinessSeconds), changesInWords(attempt)]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </Section>
            ))}
            <Section title={PROGRESS}>
              <div className="sheet padded">
                <p className="muted">{t(LEVELS)}</p>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{t(nameOf('seconds'))}</th>
                      <th>{t(BEST)}</th>
                      <th>{t(nameOf('value'))}</th>
                      <th>{t(nameOf('bound'))}</th>
                      <th>{t(nameOf('gap'))}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.progress.map(step => (
                      <tr key={step.seconds}>
                        <td>{number(step.seconds)}</td>
                        <td>{latenessInWords(step.lateOrders, step.tardinessSeconds)}</td>
                        <td>{step.value.map(value => number(value)).join(' · ')}</td>
                        <td>{step.bound.map(value => number(value)).join(' · ')}</td>
                        <td>{percent(step.gap)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Section>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
