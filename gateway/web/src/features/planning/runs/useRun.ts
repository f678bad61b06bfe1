import { useEffect, useState } from 'react';
import { serverClock } from '@/lib/api/client';
import { useRead } from '@/lib/api/hooks';
import { elapsedOf, isUnderWay, runToFollow, secondsOf, type Run, type Steps } from './run';

const RUNS_READ = 10;
const TICK_MS = 1000;

export interface Following {
  run: Run | null;
  steps: Steps;
  isUnderWay: boolean;
  elapsed: number;
  /** How long it may search, seconds; null where that is not known. */
  allowed: number | null;
  /** Follows a run that this screen asked for. */
  follow: (id: string) => void;
  close: () => void;
}

/** The planning run that is under way, of production or of a scenario, whoever asked for it; afterwards what became of it. */
export function useRun(scenarioId: string | null): Following {
  const [now, setNow] = useState(() => Date.now() + serverClock.aheadMs);
  const [followed, setFollowed] = useState<{ id: string; isOwn: boolean } | null>(null);
  const runs = useRead('/api/scheduling/runs', { query: { size: RUNS_READ, ...(scenarioId && { scenarioId }) } });
  const settings = useRead('/api/scheduling/settings');
  const found = runToFollow(runs.data?.items ?? [], scenarioId, followed?.id ?? null, now);
  const isRunning = found !== null && isUnderWay(found, now);
  // that a schedule found nothing to change is no news
  const isNews = found !== null && (isRunning || followed?.isOwn || found.status !== 'Unchanged');
  const run = isNews ? found : null;
  const view = useRead('/api/scheduling/runs/{id}', { path: { id: run?.id ?? '' } }, run !== null);

  useEffect(() => {
    if (isRunning && found.id !== followed?.id) setFollowed({ id: found.id, isOwn: false });
  }, [isRunning, found, followed]);
  const { refetch } = runs;
  useEffect(() => {
    if (!isRunning) return;
    const tick = setInterval(() => {
      setNow(Date.now() + serverClock.aheadMs);
      void refetch(); // one that waits begins, and one that finds nothing goes on, without an event
    }, TICK_MS);
    return () => clearInterval(tick);
  }, [isRunning, refetch]);

  return {
    run,
    steps: run !== null && view.data?.attempts[0]?.id === run.id ? view.data.progress : [],
    isUnderWay: isRunning,
    elapsed: run === null ? 0 : elapsedOf(run, now),
    allowed: run === null || !settings.data ? null : secondsOf(run.mode, settings.data),
    follow: id => {
      setFollowed({ id, isOwn: true });
      setNow(Date.now() + serverClock.aheadMs);
      void refetch();
    },
    close: () => setFollowed(null),
  };
}
