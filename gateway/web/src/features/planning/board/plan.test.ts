import { describe, expect, it } from 'vitest';
import { HOUR, loadBorders, majorTicks, minorTicks, snapped, zoomOf, ZOOMS } from './axis';
import { latenessOf, stateOf } from './colouring';
import { concernsOf } from './concerns';
import { fixedBy, placed, refusalOf, type Details } from './drag';
import { loadOf, openWithin } from './load';
import { barAt, endOfWork, firstReaching, Plan, type Bar, type Line, type Stretch, type Unit } from './plan';
import { View } from './view';

const H = HOUR;
const bar = (id: string, equipment: string, start: number, end: number, more: Partial<Bar> = {}): Bar => ({
  id,
  orderId: `order ${id[0]}`,
  order: id[0]!,
  operation: id,
  product: 'P',
  equipment,
  allowed: ['A', 'B'],
  setup: start,
  start,
  end,
  due: null,
  priority: 0,
  family: '',
  done: 0,
  quantity: 10,
  waitsFor: 'Nothing',
  waitsOn: null,
  isLocked: false,
  isLockedByDraft: false,
  isRunning: false,
  isHeld: false,
  isShort: false,
  isLate: false,
  ...more,
});
const day: readonly Stretch[] = [
  [8 * H, 16 * H],
  [32 * H, 40 * H],
];
const unit = (equipment: string, open: readonly Stretch[] | null = day, more: Partial<Unit> = {}): Unit => ({
  equipment,
  name: null,
  workCenter: 'C',
  open,
  isDown: false,
  downUntil: null,
  ...more,
});
const planOf = (bars: Bar[], units = [unit('A'), unit('B')], by: 'equipment' | 'order' = 'equipment') => {
  const plan = new Plan();
  plan.take(bars);
  plan.arrange(by, units, 0, () => true);
  return plan;
};

describe('Rows', () => {
  it('have their bars in the order of the setups, and find what reaches into a time', () => {
    const plan = planOf([bar('b', 'A', 10 * H, 11 * H), bar('a', 'A', 8 * H, 12 * H), bar('c', 'A', 13 * H, 14 * H)]);
    const row = plan.rows[0]!;
    expect(row.bars.map(one => one.id)).toEqual(['a', 'b', 'c']);
    expect(firstReaching(row, 11.5 * H)).toBe(0); // a still goes on, although b has ended
    expect(firstReaching(row, 12 * H)).toBe(2);
    expect(firstReaching(row, 14 * H)).toBe(3);
    expect(barAt(row, 10.5 * H)?.id).toBe('b');
    expect(barAt(row, 11.5 * H)?.id).toBe('a');
    expect(barAt(row, 12.5 * H)).toBeNull();
  });

  it('are the orders by their due dates, those without one last', () => {
    const plan = planOf(
      [
        bar('a1', 'A', 0, H),
        bar('b1', 'A', H, 2 * H, { due: 9 * H }),
        bar('c1', 'B', 0, H, { due: 5 * H }),
        bar('a2', 'B', H, 2 * H),
      ],
      [],
      'order',
    );
    expect(plan.rows.map(row => [row.name, row.bars.length])).toEqual([
      ['c', 1],
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('leave out what is not wanted, and what has gone', () => {
    const plan = planOf([bar('a', 'A', 0, H), bar('b', 'A', H, 2 * H)]);
    plan.remove('a');
    plan.arrange('equipment', [unit('A')], 0, one => one.id !== 'b');
    expect(plan.rows[0]!.bars).toEqual([]);
    expect(plan.span()).toEqual([H, 2 * H]);
  });
});

describe('What is known of the work', () => {
  it('is taken over, and leaves where it is planned alone', () => {
    const plan = planOf([bar('a', 'A', 0, H)]);
    const line = { operationId: 'a', equipment: 'B', quantity: 10, finished: 4, isRunning: true, isHeld: false, isShort: false };
    plan.mark([line as Line, { ...line, operationId: 'gone' } as Line]);
    expect(plan.bars.size).toBe(1);
    expect(plan.bars.get('a')).toMatchObject({ equipment: 'A', end: H, done: 0.4, isRunning: true });
  });
});

describe('The view', () => {
  const view = () => {
    const seen = new View(planOf(Array.from({ length: 30 }, (_, n) => bar(`${n}`, `U${n}`, n * H, (n + 1) * H))), 0, 10 * H);
    seen.plan.arrange(
      'equipment',
      Array.from({ length: 30 }, (_, n) => unit(`U${n}`)),
      0,
      () => true,
    );
    [seen.width, seen.height] = [1150, 400];
    return seen;
  };
  it('shows as much time in another width', () => {
    const seen = view();
    const at = seen.time(650);
    seen.width = 2150;
    expect([seen.to, seen.time(1150)]).toEqual([10 * H, at]);
  });
  it('is zoomed around a place, within bounds', () => {
    const seen = view();
    const at = seen.time(900);
    seen.zoom(2, 900);
    expect([seen.length, seen.time(900)]).toEqual([5 * H, at]);
    seen.zoom(1000, 900);
    expect(seen.length).toBe(2 * H);
  });
  it('is brought to a bar, and left alone where it is in sight', () => {
    const seen = view();
    seen.reveal(seen.plan.bars.get('1')!, 1);
    expect([seen.from, seen.y]).toEqual([0, 0]);
    seen.reveal(seen.plan.bars.get('25')!, 25);
    expect(seen.from).toBeGreaterThan(20 * H);
    expect([seen.firstRow <= 25, seen.lastRow >= 25]).toEqual([true, true]);
    expect(seen.barAt(seen.x(25.5 * H), seen.top(25) + 5)?.id).toBe('25');
  });
});

describe('Work in open time', () => {
  it.each([
    [8, 2, 10],
    [15, 2, 33],
    [6, 1, 9],
    [8, 16, 40],
  ])('that begins at %s h and takes %s h ends at %s h', (start, hours, end) => {
    expect(endOfWork(start * H, hours * 3600, day)).toBe(end * H);
  });
  it('has no end that is known where the calendar ends', () => expect(endOfWork(8 * H, 17 * 3600, day)).toBeNull());
  it('goes on always where nothing closes', () => expect(endOfWork(0, 3600, null)).toBe(H));
});

describe('Load', () => {
  const plan = planOf([bar('a', 'A', 8 * H, 12 * H), bar('b', 'A', 15 * H, 33 * H), bar('c', 'B', 18 * H, 20 * H)]);
  it('is what bars take of the open time', () => {
    const [first, second] = [0, 24 * H].map(from => loadOf([plan.rows[0]!], from, from + 24 * H));
    expect(first).toMatchObject({ busy: 5 * H, open: 8 * H });
    expect(second).toMatchObject({ busy: H, open: 8 * H });
  });
  it('is over where work stands in closed time', () => {
    const load = loadOf([plan.rows[1]!], 17 * H, 24 * H);
    expect(load).toMatchObject({ busy: 2 * H, open: 0 });
  });
  it('sums what is open', () => expect(openWithin(day, 10 * H, 34 * H)).toBe(8 * H));
});

describe('Dragging', () => {
  const details = (more: Partial<Details> = {}): Details => ({
    line: {} as Details['line'],
    chain: [],
    resources: [],
    releaseAt: null,
    materialAt: null,
    isSplittable: true,
    links: [{ from: 'p', to: 'a', kind: 'EndStart', minLagSeconds: 3600, maxLagSeconds: null }],
    times: [
      { equipment: 'A', setupSeconds: 0, runSeconds: 4 * 3600, defaultSetupSeconds: null, setupsAfter: [] },
      {
        equipment: 'B',
        setupSeconds: 0,
        runSeconds: 2 * 3600,
        defaultSetupSeconds: 600,
        setupsAfter: [{ family: 'red', seconds: 1800 }],
      },
    ],
    ...more,
  });
  const moved = bar('a', 'A', 10 * H, 14 * H);
  const plan = planOf([bar('p', 'B', 8 * H, 9 * H, { family: 'red' }), moved]);
  const ground = { plan, units: new Map(plan.rows.map(row => [row.key, row])), now: 8 * H, frozenUntil: null };
  const at = (equipment: string, start: number, known: Details | null = details()) =>
    placed(moved, equipment, start, ground.units.get(equipment), known);

  it('takes as long as the equipment needs, over the closed time, with the setup that its predecessor there makes', () => {
    expect(at('A', 14 * H)).toMatchObject({ setup: 14 * H, end: 34 * H });
    expect(at('B', 14 * H)).toMatchObject({ setup: 13.5 * H, end: 16 * H });
    expect(at('B', 8 * H).setup).toBe(8 * H - 600_000); // nothing is before it
    expect(at('B', 14 * H, null)).toMatchObject({ setup: 14 * H, end: 18 * H }); // not known yet
  });

  it.each([
    ['where it cannot be done', at('C', 12 * H), { code: 'equipment', allowed: ['A', 'B'] }],
    ['in the past', at('A', 7 * H), { code: 'past' }],
    ['in closed time', at('A', 20 * H), { code: 'closed' }],
    ['before what it follows', at('A', 9.5 * H), { code: 'predecessor', earliest: 10 * H }],
    ['where it can be', at('A', 12 * H), null],
  ])('is refused %s', (_, place, why) => expect(refusalOf(place, ground, details())).toEqual(why));

  it('is refused from and into the frozen zone, and for what runs or is locked', () => {
    expect(refusalOf(at('A', 12 * H), { ...ground, frozenUntil: 11 * H }, null)).toEqual({ code: 'frozen' });
    expect(fixedBy(bar('r', 'A', 0, H, { isRunning: true }))).toEqual({ code: 'running' });
    expect(fixedBy(bar('l', 'A', 0, H, { isLocked: true }))).toEqual({ code: 'locked' });
  });
});

describe('The axis', () => {
  const width = 1200;
  it.each(Object.entries(ZOOMS))('can be read at %s', (zoom, length) => {
    const scale = width / length;
    const from = new Date(2026, 2, 27, 5, 17).getTime(); // over a change of the clocks, where there is one
    for (const ticks of [majorTicks(from, from + length, scale), minorTicks(from, from + length, scale)]) {
      expect(ticks.length).toBeGreaterThan(0);
      ticks.slice(1).forEach((tick, n) => expect((tick.time - ticks[n]!.time) * scale).toBeGreaterThan(20));
    }
    const borders = loadBorders(from, from + length, scale);
    expect(borders[0]).toBeLessThanOrEqual(from);
    expect(borders.at(-1)).toBeGreaterThanOrEqual(from + length);
    expect(zoomOf(length * 1.1)).toBe(zoom);
  });
  it('snaps to minutes near, to hours far', () => {
    const time = 7 * H + 8 * 60_000;
    expect(snapped(time, width / ZOOMS.shift)).toBe(7 * H + 10 * 60_000);
    expect(snapped(time, width / ZOOMS.month)).toBe(7 * H);
  });
});

describe('What a bar says', () => {
  it('is the most urgent of its states', () => {
    expect(stateOf(bar('a', 'A', 0, H, { isHeld: true, isShort: true, isLocked: true }))).toBe('held');
    expect(stateOf(bar('a', 'A', 0, H, { isRunning: true, isHeld: true }))).toBe('running');
    expect(stateOf(bar('a', 'A', 0, H))).toBe('waiting');
  });
  it('is how it stands to its due date', () => {
    expect(latenessOf(bar('a', 'A', 0, H))).toBe('noDue');
    expect(latenessOf(bar('a', 'A', 0, H, { due: 2 * H }))).toBe('tight');
    expect(latenessOf(bar('a', 'A', 0, H, { due: 48 * H }))).toBe('inTime');
    expect(latenessOf(bar('a', 'A', 0, H, { due: 48 * H, isLate: true }))).toBe('late');
  });
  it('needs attention where something may stop it, the soonest first', () => {
    const plan = planOf([
      bar('a', 'B', 30 * H, 31 * H, { isShort: true }),
      bar('b', 'A', 20 * H, 21 * H),
      bar('c', 'B', 8 * H, 9 * H),
      bar('d', 'B', 9 * H, 11 * H, { isRunning: true }),
    ]);
    const down = unit('A', day, { isDown: true, downUntil: 22 * H });
    expect(concernsOf(plan, [down, unit('B')], 10 * H).map(({ bar: one, why }) => [one.id, why[1]])).toEqual([
      ['c', 'It should have begun'],
      ['b', 'Its equipment is down'],
      ['a', 'Components are missing'],
    ]);
  });
});
