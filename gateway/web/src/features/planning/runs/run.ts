import type { Answer, Item } from '@/lib/api/api';
import { spanOf } from '@/lib/duration';
import { say, type Text } from '@/lib/text';

export type Run = Item<'/api/scheduling/runs'>;
export type Steps = Answer<'/api/scheduling/runs/{id}', 'get'>['progress'];
type Settings = Answer<'/api/scheduling/settings', 'get'>;

const NONE_LATE: Text = ['没有延误工单', 'No order is late'];
const ONE_LATE: Text = ['1 个工单延误，共 {time}', '1 order late by {time}'];
const LATE: Text = ['{count} 个工单延误，共 {time}', '{count} orders late by {time} together'];
const MOVED: Text = ['移动工序 {count} 道', 'operations moved: {count}'];
const BECAME: Text = ['新延误工单 {count} 个', 'orders late now: {count}'];
const NO_LONGER: Text = ['不再延误 {count} 个', 'no longer late: {count}'];
const NOTHING_MOVED: Text = ['所有工序位置不变', 'nothing moved'];

/** Whether a run is asked for or under way; one that is tried again later is neither. */
export const isUnderWay = ({ status, notBefore }: Pick<Run, 'status' | 'notBefore'>, now: number) =>
  status === 'Running' || (status === 'Waiting' && Date.parse(notBefore) <= now);

/** What is shown of the runs: the one under way, else the one that was followed. Those of scenarios are shown there alone. */
export function runToFollow(runs: readonly Run[], scenarioId: string | null, followed: string | null, now: number): Run | null {
  const own = runs.filter(run => run.scenarioId === scenarioId);
  return (
    own.find(run => run.status === 'Running') ??
    own.findLast(run => isUnderWay(run, now)) ??
    own.find(run => run.id === followed) ??
    null
  );
}

/** How long a run searches, seconds; null where it does not search. */
export const secondsOf = (mode: Run['mode'], settings: Settings): number | null =>
  ({
    Full: settings.fullSeconds,
    Scenario: settings.fullSeconds,
    Incremental: settings.incrementalSeconds,
    Repair: settings.repairSeconds,
    Shift: null,
  })[mode];

/** Seconds since a run began; 0 while it waits. */
export const elapsedOf = ({ startedAt }: Pick<Run, 'startedAt'>, now: number) =>
  startedAt === null ? 0 : Math.max(0, Math.round((now - Date.parse(startedAt)) / 1000));

/** How good a plan is, as a planner says it; null where it was not told. */
export function latenessInWords(lateOrders: number | null, seconds: number | null): string | null {
  if (lateOrders === null || seconds === null) return null;
  if (lateOrders === 0) return say(NONE_LATE);
  return say(lateOrders === 1 ? ONE_LATE : LATE, { count: lateOrders, time: spanOf(seconds) });
}

/** What a plan changed, as a planner says it; empty where it made none. */
export function changesInWords({ moved, becameLate, noLongerLate }: Pick<Run, 'moved' | 'becameLate' | 'noLongerLate'>): string {
  if (moved === null) return '';
  const parts = [moved > 0 ? say(MOVED, { count: moved }) : say(NOTHING_MOVED)];
  if (becameLate) parts.push(say(BECAME, { count: becameLate }));
  if (noLongerLate) parts.push(say(NO_LONGER, { count: noLongerLate }));
  return parts.join(say(['，', ', ']));
}

/** The best value over the time, as points of a line in a box; it falls in steps, and goes on level until now. */
export function curveOf(steps: Steps, seconds: number, width: number, height: number): string {
  const told = steps.filter(step => step.value.length > 0);
  if (told.length === 0 || seconds <= 0) return '';
  // by the first level on which the steps differ: on an earlier one nothing is gained any more
  const level = told[0]!.value.findIndex((value, n) => told.some(step => step.value[n] !== value));
  const values = told.map(step => (level < 0 ? 0 : (step.value[level] ?? 0)));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => Math.round((Math.min(at, seconds) / seconds) * width * 10) / 10;
  const y = (value: number) =>
    Math.round((high === low ? height / 2 : height - ((value - low) / (high - low)) * height) * 10) / 10;
  const points: string[] = [];
  told.forEach((step, n) => {
    if (n > 0) points.push(`${x(step.seconds)},${y(values[n - 1]!)}`);
    points.push(`${x(step.seconds)},${y(values[n]!)}`);
  });
  points.push(`${x(seconds)},${y(values.at(-1)!)}`);
  return points.join(' ');
}
