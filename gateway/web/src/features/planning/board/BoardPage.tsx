import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { ProblemAlert } from '@/components/Problem';
import { read } from '@/lib/api/client';
import { recall, remember } from '@/lib/memory';
import { number, useText, type Text } from '@/lib/text';
import { wordsOf } from '@/lib/words/refusals';
import { App, Empty, Spin } from 'antd';
import { Link } from 'react-router';
import { HOUR, ZOOMS, type Zoom } from './axis';
import { BoardCanvas } from './BoardCanvas';
import type { BoardEvents, PlanCanvas, Under } from './canvas';
import type { Colouring } from './colouring';
import type { Details } from './drag';
import type { Arrangement, Bar } from './plan';
import { AskPromise } from '../AskPromise';
import type { Promised } from '../promise';
import { PlanMenu } from '../runs/PlanMenu';
import { RunStrip } from '../runs/RunStrip';
import { useRun } from '../runs/useRun';
import { ChosenVerbs } from './ChosenVerbs';
import { DraftBar } from './DraftBar';
import { SidePanel, type Side } from './SidePanel';
import { Tip } from './Tip';
import { Toolbar, type Wanted } from './Toolbar';
import { useBoardPlan, useGround } from './useBoardPlan';
import { usePast } from './past';
import { ghostsOf, ghostsOfPromise, movedAlong, spanOfPromise } from './difference';
import { useDayShifts } from './useDayShifts';
import { stepOf, useDraft } from './useDraft';
import { barInWords, refusalInWords } from './words';

const TITLE: Text = ['计划板', 'Plan board'];
const VERSION: Text = ['计划 {version} · {count} 道工序', 'Plan {version} · {count} operations'];
const NO_PLAN: Text = ['还没有计划。工单下达后自动排程。', 'There is no plan yet. Orders are planned once they are released.'];
const TO_PLANS: Text = ['查看计划与运行', 'To plans and runs'];
const MINUTE_MS = 60_000;
/** So much of the board is behind now where it is asked for what happened. */
const PAST_SHARE = 0.6;

/** The choices of a planner, which their browser keeps. */
interface Choices {
  by: Arrangement;
  colouring: Colouring;
  hasLoad: boolean;
  hasPast: boolean;
  isTable: boolean;
  side: Side | null;
}
const CHOICES: Choices = { by: 'equipment', colouring: 'order', hasLoad: true, hasPast: false, isTable: false, side: 'chosen' };

export function Component() {
  const t = useText();
  const { message } = App.useApp();
  const [choices, setChoices] = useState<Choices>(() => ({ ...CHOICES, ...recall<Partial<Choices>>('board', {}) }));
  const [wanted, setWanted] = useState<Wanted>({ workCenter: null, isLateOnly: false });
  const [until, setUntil] = useState<number | null>(null);
  const [zoom, setZoom] = useState<Zoom>('week');
  const [tip, setTip] = useState<(Under & { x: number; y: number }) | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [details, setDetails] = useState<Details | null>(null);
  const board = useRef<PlanCanvas>(null);
  const { board: ground, units } = useGround(until);
  const drafting = useDraft();
  const following = useRun(null);
  const days = useDayShifts(ground.data?.rows);
  const now = useNow(ground.data?.now);
  const inForce = ground.data?.planId ?? null;
  const planId = drafting.draft?.plan?.id ?? inForce;
  const { plan, tick, shown, problem, correct } = useBoardPlan(planId, inForce, now);
  const past = usePast(choices.hasPast, now);
  const [promise, setPromise] = useState<Promised | null>(null);
  const ghosts = useMemo(
    () => [...ghostsOf(drafting.difference, plan), ...ghostsOfPromise(promise)],
    [drafting.difference, plan, promise],
  );
  const showPromise = (asked: Promised | null) => {
    setPromise(asked);
    if (!asked) return;
    choose({ by: 'equipment', isTable: false });
    const [from, to] = spanOfPromise(asked);
    board.current?.show(from - (to - from) / 10, (to - from) * 1.2);
  };
  const inView = useMemo(
    () => units.filter(unit => wanted.workCenter === null || unit.workCenter === wanted.workCenter),
    [units, wanted.workCenter],
  );
  const isWanted = useMemo(() => {
    const codes = new Set(inView.map(unit => unit.equipment));
    return (bar: Bar) => (!wanted.isLateOnly || bar.isLate) && codes.has(bar.equipment);
  }, [inView, wanted.isLateOnly]);

  const choose = (change: Partial<Choices>) => {
    const next = { ...choices, ...change };
    setChoices(next);
    remember('board', next);
    if (change.hasPast) board.current?.show(now - ZOOMS[zoom] * PAST_SHARE, ZOOMS[zoom]);
  };

  useMarks(plan.bars.size > 0, shown !== null);
  useEffect(() => {
    const span = shown ? plan.span() : null;
    if (span) setUntil(span[1]);
  }, [plan, shown]);

  const detailsOf = async (id: string): Promise<Details | null> => {
    if (planId === null) return null;
    try {
      const path = { id: planId, operationId: id };
      return await read('/api/scheduling/plans/{id}/operations/{operationId}', { path });
    } catch {
      return null; // it left the plan meanwhile, which the board will show
    }
  };
  const only = chosen.length === 1 ? chosen[0]! : null;
  useEffect(() => {
    setDetails(null);
    if (only === null) return;
    let isMeant = true;
    void detailsOf(only).then(found => isMeant && setDetails(found));
    return () => {
      isMeant = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked again for another plan
  }, [only, planId]);

  const jump = (id: string) => {
    if (!plan.bars.has(id)) return;
    board.current?.choose([id]);
    board.current?.reveal(id);
  };
  const chosenBars = chosen.flatMap(id => plan.bars.get(id) ?? []);
  const toggleLock = () => void drafting.toggleLock(chosenBars).then(correct);
  const events: BoardEvents = {
    chosen: ids => setChosen([...ids]),
    opened: () => choose({ side: 'chosen' }),
    hovered: (under, x, y) => setTip(under.bar || under.load || under.past ? { ...under, x, y } : null),
    detailsOf: bar => detailsOf(bar.id),
    moved: places =>
      void drafting.take(
        stepOf('Move', {
          operations: places.map(({ bar, equipment, start }) => ({
            operationId: bar.id,
            equipment,
            startsAt: new Date(start).toISOString(),
          })),
        }),
      ),
    swapped: (bar, other) => void drafting.take(stepOf('Swap', { operationIds: [bar.id, other.id] })),
    refused: (_, why) => void message.warning(refusalInWords(why)),
    zoomed: setZoom,
  };
  const onKey = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isCommand && (key === 'y' || (key === 'z' && event.shiftKey))) void drafting.redo();
    else if (isCommand && key === 'z') void drafting.undo();
    else if (key === 'l' && !isCommand && chosenBars.length > 0 && drafting.mayMove) toggleLock();
    else if (key === 'home') board.current?.show(now - HOUR, ZOOMS[zoom]);
    else return false;
    event.preventDefault();
    return true;
  };

  if (ground.isError && !ground.data) return <ProblemAlert problem={ground.error} retry={() => void ground.refetch()} />;
  return (
    <Page
      title={TITLE}
      actions={
        <>
          <AskPromise onShow={showPromise} />
          <PlanMenu onAsked={following.follow} />
        </>
      }
      sub={
        ground.data &&
        planId && (
          <Link to={`/plans/${planId}`}>{t(VERSION, { version: ground.data.planVersion, count: number(plan.bars.size) })}</Link>
        )
      }>
      <Toolbar
        choices={choices}
        choose={choose}
        wanted={wanted}
        want={setWanted}
        units={units}
        plan={plan}
        zoom={zoom}
        zoomTo={next => board.current?.show(board.current.view.from, ZOOMS[next])}
        toNow={() => board.current?.show(now - ZOOMS[zoom] / 12, ZOOMS[zoom])}
        jump={jump}
      />
      <RunStrip following={following} />
      <DraftBar drafting={drafting} plan={plan} moved={movedAlong(drafting).length} showMoved={() => choose({ side: 'moved' })} />
      {problem && <ProblemAlert problem={problem} retry={() => void ground.refetch()} />}
      {ground.data && planId === null ? (
        <Empty description={t(NO_PLAN)}>
          <Link to="/plans">{t(TO_PLANS)}</Link>
        </Empty>
      ) : (
        <>
          {choices.isTable && planId && (
            <DataTable
              path="/api/scheduling/plans/{id}/operations"
              at={{ id: planId }}
              filters={['equipment', 'order', 'from', 'to']}
              columns={['equipment', 'order', 'operation', 'product', 'setupStartsAt', 'startsAt', 'endsAt', 'dueAt', 'waitsFor']}
              more={['quantity', 'finished', 'priority', 'setupFamily', 'isLocked', 'isRunning', 'isHeld', 'isShort', 'isLate']}
              rowKey={row => row.operationId}
            />
          )}
          <div className={`board${choices.side ? ' has-side' : ''}`} hidden={choices.isTable}>
            <div
              className="board-plan"
              aria-busy={shown === null}
              onContextMenu={event => days.pointed(event, board.current)}
              onDoubleClick={event => days.pointed(event, board.current)}>
              <BoardCanvas
                plan={plan}
                tick={tick}
                units={inView}
                by={choices.by}
                colouring={choices.colouring}
                isWanted={isWanted}
                now={now}
                frozenUntil={ground.data?.frozenUntil ? Date.parse(ground.data.frozenUntil) : null}
                mayMove={drafting.mayMove && !drafting.isBusy}
                hasLoad={choices.hasLoad}
                past={past}
                details={details}
                ghosts={ghosts}
                events={events}
                onKey={onKey}
                board={board}
                said={problem ? wordsOf(problem) : chosenBars.length === 1 ? barInWords(chosenBars[0]!) : ''}
              />
              {tip && <Tip {...tip} />}
              {shown === null && !problem && <Spin className="board-wait" />}
            </div>
            {choices.side && planId && (
              <SidePanel
                side={choices.side}
                open={side => choose({ side })}
                close={() => choose({ side: null })}
                planId={planId}
                plan={plan}
                units={units}
                now={now}
                chosen={chosen}
                details={details}
                jump={jump}
                drafting={drafting}
                verbs={
                  <>
                    <ChosenVerbs bars={chosenBars} drafting={drafting} toggleLock={toggleLock} />
                    <div className="board-verbs">{days.button(chosenBars)}</div>
                  </>
                }
              />
            )}
          </div>
          {days.dialog}
        </>
      )}
    </Page>
  );
}

/** The instant by the server's clock, each minute anew. */
function useNow(said: string | undefined): number {
  const [ahead, setAhead] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (said) setAhead(Date.parse(said) - Date.now());
  }, [said]);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), MINUTE_MS / 2);
    return () => clearInterval(tick);
  }, []);
  return now + (Math.abs(ahead) > MINUTE_MS ? ahead : 0);
}

/** For who measures: when the first operations and when all of them were on the screen. */
function useMarks(hasFirst: boolean, isWhole: boolean): void {
  useEffect(() => {
    if (hasFirst) requestAnimationFrame(() => performance.mark('board-first'));
  }, [hasFirst]);
  useEffect(() => {
    if (isWhole) requestAnimationFrame(() => performance.mark('board-whole'));
  }, [isWhole]);
}
