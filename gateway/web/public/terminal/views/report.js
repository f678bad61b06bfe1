import { newId, post } from '../api.js';
import { field, h } from '../dom.js';
import { load, save } from '../store.js';
import { number, t } from '../texts.js';
import { setTimer, timers } from './dispatch.js';

const REASONS = ['', 'dimension', 'surface', 'material', 'setup', 'tool', 'handling', 'other'];

/**
 * Reports a stretch of work. What is typed is kept on the terminal, with the command's id, until the server has
 * confirmed it: after a lost connection or a reload the same report is sent again and counts once.
 */
export function reportView(terminal, { card }) {
  const draft = load(`draft.${card.operationId}`) ?? newDraft(card);
  const keep = () => save(`draft.${card.operationId}`, draft);
  const form = h('form', { id: 'report', novalidate: true, onsubmit: event => submit(event, terminal, card, draft) },
    h('fieldset', { id: 'entry', disabled: draft.isSent },
      activities(draft, keep), quantities(card, draft, keep), times(draft, keep)),
    h('div', { className: 'row' },
      h('button', { className: 'main', id: 'send' }, t(draft.isSent ? 'again' : 'send')),
      h('button', { type: 'button', id: 'back', onclick: () => terminal.show('dispatch') }, t('back')),
      undoButton(terminal, card)));
  return {
    elements: [h('h1', {}, `${t('reportTitle')}: ${card.order} · ${card.operation}`), h('p', {}, card.product), form],
    focus: form.querySelector('#good'),
  };
}

function newDraft(card) {
  const now = new Date().toISOString();
  return {
    commandId: newId(), activity: 'Run', good: '', scrap: '', nonconforming: '', reason: '', isRework: false,
    startedAt: timers()[card.operationId] ?? now, endedAt: null, isSent: false,
  };
}

function activities(draft, keep) {
  const buttons = ['Run', 'Setup'].map(activity => h('button', {
    type: 'button', id: activity, 'aria-pressed': String(draft.activity === activity),
    onclick() {
      draft.activity = activity;
      keep();
      for (const button of buttons) button.setAttribute('aria-pressed', String(button === this));
    },
  }, t(activity)));
  return h('div', { className: 'row', role: 'group', 'aria-label': t('activity') }, buttons);
}

function quantities(card, draft, keep) {
  const inputs = Object.fromEntries(['good', 'scrap', 'nonconforming'].map(name => [name, quantityInput(name, draft, changed)]));
  const reason = h('select', { id: 'reason', onchange: () => { draft.reason = reason.value; keep(); } },
    REASONS.map(code => h('option', { value: code }, t(`reason.${code}`))));
  reason.value = draft.reason;
  const reasonPart = field(t('scrapReason'), reason);
  const rest = h('button', { type: 'button', id: 'rest', onclick: takeRest });
  const rework = h('input', {
    id: 'rework', type: 'checkbox', checked: draft.isRework,
    onchange() {
      draft.isRework = rework.checked;
      keep();
    },
  });

  function changed() {
    keep();
    show();
  }

  function show() {
    reasonPart.hidden = !(amount(draft.scrap) > 0);
    rest.textContent = t('rest', { rest: number(restOf(card, draft)) });
  }

  function takeRest() {
    inputs.good.value = draft.good = String(restOf(card, draft));
    changed();
  }

  show();
  return h('div', {},
    h('div', { className: 'row' }, Object.entries(inputs).map(([name, input]) => field(t(name), input))),
    h('div', { className: 'row' }, rest),
    reasonPart,
    h('label', { className: 'check' }, rework, t('rework')));
}

function quantityInput(name, draft, changed) {
  const input = h('input', {
    id: name, className: 'quantity', type: 'number', inputMode: 'decimal', min: '0', step: 'any', placeholder: '0',
    value: draft[name],
    oninput() {
      draft[name] = input.value;
      changed();
    },
  });
  return input;
}

/** What the operation still owes, less what this report calls scrap or nonconforming. */
function restOf(card, draft) {
  const open = card.open - amount(draft.scrap) - amount(draft.nonconforming);
  return Math.max(0, Number(open.toFixed(6)));
}

const amount = text => Number(text) || 0;

function times(draft, keep) {
  const at = (name, text) => {
    const input = h('input', {
      id: name, type: 'datetime-local', step: '1', value: toLocal(draft[name]),
      onchange() {
        draft[name] = input.value ? new Date(input.value).toISOString() : null;
        keep();
      },
    });
    const now = h('button', {
      type: 'button', id: `${name}-now`,
      onclick() {
        draft[name] = new Date().toISOString();
        input.value = toLocal(draft[name]);
        keep();
      },
    }, t('now'));
    return [field(text, input), now];
  };
  return h('div', {},
    h('div', { className: 'row' }, at('startedAt', t('startedAt'))),
    h('div', { className: 'row' }, at('endedAt', t('endedAt'))));
}

/** The form of datetime-local: the terminal's own time zone, to the second. */
function toLocal(iso) {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What is wrong with the draft, before it is sent; null where nothing is. */
function fault(draft) {
  if (amount(draft.scrap) > 0 && !draft.reason) return 'reasonMissing';
  const pieces = amount(draft.good) + amount(draft.scrap) + amount(draft.nonconforming);
  if (draft.activity === 'Run' && pieces === 0) return 'nothingReported';
  return draft.endedAt && draft.endedAt < draft.startedAt ? 'endBeforeStart' : null;
}

async function submit(event, terminal, card, draft) {
  event.preventDefault();
  const wrong = fault(draft);
  if (wrong) return terminal.say('✖ ' + t(wrong), 'bad');
  const send = document.getElementById('send');
  send.disabled = true;
  draft.body ??= bodyOf(terminal, draft);
  draft.isSent = true;
  document.getElementById('entry').disabled = true; // what is under way is not changed any more
  save(`draft.${card.operationId}`, draft);
  try {
    const taken = await post(`/api/work-orders/operations/${card.operationId}/reports`, draft.body, draft.commandId);
    finish(terminal, card, draft, taken);
  } catch (problem) {
    refused(terminal, card, draft, problem);
  } finally {
    send.disabled = false;
  }
}

/** Fixed when it is first sent: the same id must carry the same content. */
const bodyOf = (terminal, draft) => ({
  signOnId: terminal.signOn.id,
  equipment: terminal.station,
  activity: draft.activity,
  startedAt: draft.startedAt,
  endedAt: draft.endedAt ?? new Date().toISOString(),
  good: amount(draft.good),
  scrap: amount(draft.scrap),
  nonconforming: amount(draft.nonconforming),
  isRework: draft.isRework,
  scrapReason: draft.reason || null,
  deviceTime: new Date().toISOString(),
});

function finish(terminal, card, draft, taken) {
  save(`draft.${card.operationId}`, null);
  setTimer(card.operationId, null);
  save('last-report', { operationId: card.operationId, reportId: taken.reportId, commandId: newId() });
  const totals = t('taken', { good: number(taken.progress.good), scrap: number(taken.progress.scrap) });
  const kinds = taken.discrepancies.map(kind => t(`kind.${kind}`)).join(', ');
  const notes = kinds && ` ${t('discrepancies', { kinds })}`;
  terminal.show('dispatch');
  terminal.say(`✔ ${totals}${notes}`, 'ok');
}

/** A refusal for good frees the id and lets the entry be corrected; otherwise it stays as it was sent. */
function refused(terminal, card, draft, problem) {
  terminal.refuse(problem);
  if (problem.code === undefined) return;
  const stays = problem.isTemporary || problem.status === 401;
  if (!stays) Object.assign(draft, { commandId: newId(), body: undefined, isSent: false });
  save(`draft.${card.operationId}`, draft);
  if (document.getElementById('entry')) document.getElementById('entry').disabled = draft.isSent;
  if (problem.isTemporary) {
    terminal.say('⚠ ' + t('unconfirmed'), 'bad');
    document.getElementById('send').textContent = t('again');
  }
}

function undoButton(terminal, card) {
  const last = load('last-report');
  if (last?.operationId !== card.operationId) return null;
  const undo = async () => {
    try {
      await post(`/api/work-orders/reports/${last.reportId}/undo`, { reason: 'taken back at the terminal' }, last.commandId);
      save('last-report', null);
      terminal.show('dispatch');
      terminal.say('✔ ' + t('undone'), 'ok');
    } catch (problem) {
      terminal.refuse(problem);
    }
  };
  return h('button', { type: 'button', id: 'undo', onclick: undo }, t('undo'));
}
