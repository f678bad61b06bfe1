import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useAppearance } from '@/lib/appearance';
import { boardDark, boardLight } from '@/lib/colours';
import { useLanguage, useText, type Text } from '@/lib/text';
import { PlanCanvas, type BoardEvents } from './canvas';
import { colourOf, type Colouring } from './colouring';
import type { Details } from './drag';
import type { Ghost } from './paintOver';
import type { Past } from './past';
import { rowsOfUnits, type Arrangement, type Bar, type Plan, type Unit } from './plan';
import { placeInWords, refusalInWords, swapInWords } from './words';

const LABEL: Text = [
  '计划板：方向键在工序间移动，Enter 打开，Alt+方向键移动工序',
  'Plan board: arrows go from bar to bar, Enter opens, Alt and arrows move a bar',
];
const LOAD: Text = ['负荷', 'Load'];
const PAN_PX = 80;

export interface BoardCanvasProps {
  plan: Plan;
  tick: number;
  units: readonly Unit[];
  by: Arrangement;
  colouring: Colouring;
  isWanted: (bar: Bar) => boolean;
  now: number;
  frozenUntil: number | null;
  mayMove: boolean;
  hasLoad: boolean;
  past: Past | null;
  details: Details | null;
  ghosts: readonly Ghost[];
  events: BoardEvents;
  /** More keys: a verb of the page, by its key. */
  onKey: (event: KeyboardEvent) => boolean;
  board: RefObject<PlanCanvas | null>;
  /** What is told to who cannot look. */
  said: string;
}

/** The canvas in the page: what it shows comes from above, what happens on it goes there. */
export function BoardCanvas(props: BoardCanvasProps) {
  const { plan, tick, units, by, colouring, isWanted, now, frozenUntil, mayMove, hasLoad, past, details, ghosts, board } = props;
  const t = useText();
  const language = useLanguage();
  const { isDark } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const events = useRef(props.events);
  useEffect(() => {
    events.current = props.events;
  });

  const state = useMemo(() => {
    const colours = isDark ? boardDark : boardLight;
    plan.arrange(by, units, now, isWanted);
    const rows = rowsOfUnits([...plan.bars.values()], units, now);
    return {
      by,
      colours,
      colourOf: colourOf(colouring, colours),
      units: new Map(rows.map(row => [row.key, row])),
      now,
      frozenUntil,
      mayMove,
      hasLoad,
      past,
      words: { refusal: refusalInWords, place: placeInWords, swap: swapInWords, load: t(LOAD) },
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the plan is another one whenever it ticks
  }, [plan, tick, units, by, colouring, isWanted, now, frozenUntil, mayMove, hasLoad, past, isDark, language, t]);

  useEffect(() => {
    const on = host.current!;
    const created = new PlanCanvas(
      on,
      plan,
      {
        chosen: ids => events.current.chosen(ids),
        opened: bar => events.current.opened(bar),
        hovered: (under, x, y) => events.current.hovered(under, x, y),
        detailsOf: bar => events.current.detailsOf(bar),
        moved: places => events.current.moved(places),
        swapped: (bar, other) => events.current.swapped(bar, other),
        refused: (bar, why) => events.current.refused(bar, why),
        zoomed: zoom => events.current.zoomed(zoom),
      },
      state,
    );
    board.current = created;
    return () => {
      board.current = null;
      created.dispose();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- made once; what changes is set below
  }, [plan]);
  useEffect(() => board.current?.set(state), [state, board]);
  useEffect(() => {
    const on = board.current;
    if (!on) return;
    on.details = details;
    on.ghosts = ghosts;
    on.draw();
  }, [details, ghosts, board]);

  const press = (event: KeyboardEvent) => {
    const on = board.current;
    if (!on || props.onKey(event)) return;
    if (!keys(on, event, bar => events.current.opened(bar))) return;
    event.preventDefault();
  };
  return (
    <>
      <div ref={host} className="board-canvas" tabIndex={0} role="application" aria-label={t(LABEL)} onKeyDown={press} />
      <span className="only-heard" role="status">
        {props.said}
      </span>
    </>
  );
}

const ARROWS: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** True where a key meant something to the board. */
function keys(board: PlanCanvas, event: KeyboardEvent, open: (bar: Bar) => void): boolean {
  const arrow = ARROWS[event.key];
  if (arrow && event.altKey) void board.nudge(...arrow);
  else if (arrow && event.shiftKey) board.pan(arrow[0] * PAN_PX, arrow[1] * PAN_PX);
  else if (arrow) board.step(...arrow);
  else if (event.key === '+' || event.key === '=') board.zoomBy(1.4);
  else if (event.key === '-') board.zoomBy(1 / 1.4);
  else if (event.key === 'PageDown' || event.key === 'PageUp')
    board.pan(0, (event.key === 'PageDown' ? 1 : -1) * board.view.height * 0.7);
  else if (event.key === 'Escape') {
    if (!board.cancel()) board.choose([]);
  } else if (event.key === 'Enter') {
    const bar = board.onlyChosen();
    if (bar) open(bar);
  } else return false;
  return true;
}
