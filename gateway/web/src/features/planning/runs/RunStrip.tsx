import { CheckCircleOutlined, CloseOutlined, StopOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Progress, Spin, Tooltip } from 'antd';
import { Link } from 'react-router';
import { useVerb } from '@/lib/api/hooks';
import { spanOf } from '@/lib/duration';
import { useMay } from '@/lib/session';
import { number, percent, useText, type Text } from '@/lib/text';
import { wordsOf } from '@/lib/words/refusals';
import { valueOf } from '@/lib/words/words';
import { changesInWords, curveOf, latenessInWords, type Run } from './run';
import type { Following } from './useRun';

const REGION: Text = ['排程进展', 'Planning run'];
const WAITS: Text = ['等待开始', 'Waits to begin'];
const SEARCHING: Text = ['正在寻找第一个计划', 'Looking for a first plan'];
const TIME: Text = ['{elapsed} / {allowed} 秒', '{elapsed} of {allowed} s'];
const FINISHING: Text = ['正在收尾', 'Finishing'];
const BEST: Text = ['目前最好：{best}', 'Best so far: {best}'];
const GAP: Text = ['下界 {bound} · 差距 {gap}', 'Bound {bound} · gap {gap}'];
const PROVED: Text = ['已证明最优', 'Proved: none is better'];
const WEIGHTED: Text = [
  '目标：加权延误 {value}。任何计划都不会低于下界 {bound}。',
  'Objective: weighted tardiness {value}. No plan can be below the bound of {bound}.',
];
const MIXED: Text = [
  '目标：延误与改动的加权和 {value}。任何计划都不会低于下界 {bound}。',
  'Objective: tardiness and changes, weighted: {value}. No plan can be below the bound of {bound}.',
];
const STOP: Text = ['停止并保留目前最好的', 'Stop and keep the best so far'];
const STOPPING: Text = ['正在停止', 'Stopping'];
const CURVE: Text = ['最好的值随时间下降', 'The best value over time'];
const CLOSE: Text = ['关闭', 'Close'];
const SHOW: Text = ['查看改动', 'Show what changed'];
const TO_RUN: Text = ['查看运行', 'To the run'];
const ENDS: Readonly<Record<'published' | 'kept' | 'asGood' | 'stopped' | 'stoppedEmpty' | 'failed', Text>> = {
  published: ['计划 {version} 已生效', 'Plan {version} is in force'],
  kept: ['方案有了新计划', 'The scenario has a new plan'],
  asGood: ['没有更好的计划，现行计划不变', 'No better plan was found: the one there was stays'],
  stopped: ['已停止，保留了目前最好的计划', 'Stopped: the best plan found is kept'],
  stoppedEmpty: ['已停止，现行计划不变', 'Stopped: the plan there was stays'],
  failed: ['排程失败，现行计划不变', 'The run failed: the plan there was stays'],
};
const CURVE_SIZE = [110, 22] as const;

/** A planning run as it goes: how long, how good so far, and a way to stop it; at the end what it changed. */
export function RunStrip({ following }: { following: Following }) {
  const t = useText();
  const { run, isUnderWay } = following;
  if (run === null) return null;
  return (
    <div className="run-strip" role="region" aria-label={t(REGION)}>
      <strong>{valueOf(run.mode)}</strong>
      <span className="muted">{valueOf(run.trigger)}</span>
      {isUnderWay ? <Going following={following} run={run} /> : <Ended following={following} run={run} />}
    </div>
  );
}

function Going({ following, run }: { following: Following; run: Run }) {
  const t = useText();
  const may = useMay();
  const cancel = useVerb('post', '/api/scheduling/runs/{id}/cancel');
  const { steps, elapsed, allowed } = following;
  const last = steps.at(-1);
  const best = last && latenessInWords(last.lateOrders, last.tardinessSeconds);
  const isOver = allowed !== null && elapsed >= allowed;
  const isStopping = cancel.isPending || run.cancelRequestedAt !== null;
  return (
    <>
      <Spin size="small" />
      {run.status === 'Waiting' ? (
        <span>{t(WAITS)}</span>
      ) : (
        <>
          <span className="num">{isOver && last ? t(FINISHING) : t(TIME, { elapsed, allowed: allowed ?? '–' })}</span>
          {allowed !== null && (
            <Progress
              className="run-progress"
              percent={Math.min(100, (elapsed / allowed) * 100)}
              showInfo={false}
              size="small"
              status="normal"
              aria-label={t(REGION)}
            />
          )}
          <span className="run-best" aria-live="polite">
            {best ? t(BEST, { best }) : t(SEARCHING)}
          </span>
          {last && <Bound mode={run.mode} value={last.value[0] ?? 0} bound={last.bound[0] ?? 0} gap={last.gap} />}
          <Curve following={following} />
        </>
      )}
      <span className="grow" />
      {cancel.error && <span className="late">{wordsOf(cancel.error)}</span>}
      {may('post', '/api/scheduling/runs/{id}/cancel') && (
        <Button
          size="small"
          icon={<StopOutlined />}
          loading={isStopping}
          disabled={isStopping}
          onClick={() => cancel.mutate({ path: { id: run.id } })}>
          {t(isStopping ? STOPPING : STOP)}
        </Button>
      )}
    </>
  );
}

function Bound({ mode, value, bound, gap }: { mode: Run['mode']; value: number; bound: number; gap: number }) {
  const t = useText();
  const isTime = mode === 'Full' || mode === 'Scenario';
  const shown = (amount: number) => (isTime ? spanOf(amount) : number(amount));
  return (
    <Tooltip title={t(isTime ? WEIGHTED : MIXED, { value: shown(value), bound: shown(bound) })}>
      <span className="muted">{gap === 0 ? t(PROVED) : t(GAP, { bound: shown(bound), gap: percent(gap) })}</span>
    </Tooltip>
  );
}

function Curve({ following: { steps, elapsed } }: { following: Following }) {
  const t = useText();
  const [width, height] = CURVE_SIZE;
  const points = curveOf(steps, Math.max(elapsed, steps.at(-1)?.seconds ?? 0), width, height - 4);
  if (points === '' || steps.length < 2) return null;
  return (
    <svg className="run-curve" width={width} height={height} role="img" aria-label={t(CURVE)}>
      <polyline points={points} transform="translate(0 2)" />
    </svg>
  );
}

function Ended({ following, run }: { following: Following; run: Run }) {
  const t = useText();
  const best = latenessInWords(run.lateOrders, run.tardinessSeconds);
  const changes = changesInWords(run);
  const isBad = run.status === 'Failed';
  return (
    <>
      {isBad ? <WarningOutlined className="late" /> : <CheckCircleOutlined />}
      <span role="status">
        {t(ENDS[endOf(run)], { version: run.planVersion ?? '' })}
        {run.durationMs !== null && ` (${spanOf(Math.round(run.durationMs / 1000))})`}
      </span>
      {changes && <span>{changes}</span>}
      {!isBad && best && <span className="muted">{best}</span>}
      <span className="grow" />
      {run.planId && run.scenarioId === null ? (
        <Link to={`/plans/${run.planId}?tab=changes`}>{t(SHOW)}</Link>
      ) : (
        <Link to={`/runs/${run.id}`}>{t(TO_RUN)}</Link>
      )}
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t(CLOSE)} onClick={following.close} />
    </>
  );
}

function endOf({ status, planId, scenarioId }: Run): keyof typeof ENDS {
  if (status === 'Failed') return 'failed';
  if (status === 'Cancelled') return planId ? 'stopped' : 'stoppedEmpty';
  return planId === null ? 'asGood' : scenarioId === null ? 'published' : 'kept';
}
