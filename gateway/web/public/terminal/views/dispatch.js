import { get } from '../api.js';
import { h } from '../dom.js';
import { load, save } from '../store.js';
import { dateTime, number, t, time } from '../texts.js';

const REFRESH_MS = 30_000;
const STALE_MS = 60_000;
const EVENTS = ['ProductionReported', 'WorkOrderReleased', 'WorkOrderChanged', 'SchedulePublished', 'QualityHoldChanged',
  'MaterialAvailabilityChanged', 'EquipmentAvailabilityChanged', 'missed'];

/** When work on an operation was started here: { operationId: ISO time }; it outlives a reload. */
export const timers = () => load('timers', {});

export function setTimer(operationId, startedAt) {
  const all = timers();
  if (startedAt === null) delete all[operationId];
  else all[operationId] = startedAt;
  save('timers', all);
}

/** What to work on at this equipment, ready first. Live events and a slow clock keep it fresh; its age is shown. */
export function dispatchView(terminal, data, state) {
  const list = h('ul', { className: 'cards', id: 'cards' });
  const age = h('p', { className: 'age', id: 'age' });
  const refresh = () => read(terminal, state, () => draw(terminal, list, age, state, refresh));
  const clock = setInterval(() => drawAge(age, state), 1000);
  const poll = setInterval(refresh, REFRESH_MS);
  const stopListening = listen(refresh);
  if (state.cards) draw(terminal, list, age, state, refresh);
  else refresh();
  return {
    elements: [
      h('h1', {}, `${t('dispatch')} – ${terminal.station}`),
      h('div', { className: 'row' },
        h('button', { type: 'button', id: 'refresh', onclick: refresh }, t('refresh')),
        h('button', { type: 'button', id: 'change', onclick: () => terminal.show('sign-on') }, t('change')),
        age),
      list,
    ],
    leave() {
      clearInterval(clock);
      clearInterval(poll);
      stopListening();
    },
  };
}

/** One read at a time; what happens meanwhile leads to one more. */
async function read(terminal, state, done) {
  if (state.reading) {
    state.again = true;
    return;
  }
  state.reading = true;
  try {
    const page = await get(`/api/work-orders/dispatch?equipment=${encodeURIComponent(terminal.station)}`);
    state.cards = page.items;
    state.hasMore = page.next !== null;
    state.readAt = Date.now();
    done();
  } catch (problem) {
    terminal.refuse(problem);
  } finally {
    state.reading = false;
  }
  if (state.again) {
    state.again = false;
    await read(terminal, state, done);
  }
}

function listen(refresh) {
  const stream = new EventSource('/api/live');
  let waiting = null;
  const soon = () => { waiting ??= setTimeout(() => { waiting = null; refresh(); }, 500); };
  for (const type of EVENTS) stream.addEventListener(type, soon);
  return () => {
    clearTimeout(waiting);
    stream.close();
  };
}

function draw(terminal, list, age, state, refresh) {
  const cards = state.cards.map(card => cardOf(terminal, card, refresh));
  const note = cards.length ? t('more', { count: number(cards.length) }) : t('nothing');
  list.replaceChildren(...cards, ...(cards.length && !state.hasMore ? [] : [h('li', {}, note)]));
  drawAge(age, state);
}

function drawAge(age, state) {
  if (!state.readAt) return;
  const isStale = Date.now() - state.readAt > STALE_MS;
  age.classList.toggle('stale', isStale);
  age.textContent = t(isStale ? 'stale' : 'asOf', { time: time(state.readAt) });
}

function cardOf(terminal, card, refresh) {
  const startedAt = timers()[card.operationId];
  const begin = () => {
    setTimer(card.operationId, new Date().toISOString());
    refresh();
  };
  return h('li', { className: `card ${card.isReady ? 'ready' : 'waits'}${startedAt ? ' running' : ''}` },
    h('h2', {}, `${card.order} · ${card.operation}`),
    card.isRush && h('p', { className: 'rush' }, t('rush')),
    h('p', { className: 'state' }, stateOf(card)),
    startedAt && h('p', { className: 'state' }, t('running', { time: dateTime(startedAt) })),
    facts(card),
    h('div', { className: 'row' },
      !startedAt && h('button', { type: 'button', className: 'start', onclick: begin }, t('start')),
      h('button', { type: 'button', className: 'main report', onclick: () => terminal.show('report', { card }) }, t('report'))));
}

const stateOf = card => card.isReady
  ? t('ready')
  : t('waits', { reasons: card.waitsFor.map(reason => t(`waits.${reason}`)).join(', ') });

function facts(card) {
  const done = t('done', { good: number(card.good), quantity: number(card.quantity), unit: card.unit });
  return h('dl', {},
    h('dt', {}, t('part')), h('dd', {}, card.product),
    h('dt', {}, t('quantity')), h('dd', {}, done),
    card.dueAt && [h('dt', {}, t('due')), h('dd', {}, dateTime(card.dueAt))],
    card.plannedStartAt && [h('dt', {}, t('planned')), h('dd', {}, dateTime(card.plannedStartAt))]);
}
