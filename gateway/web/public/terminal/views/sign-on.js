import { all, get, newId, post } from '../api.js';
import { field, h } from '../dom.js';
import { load, save } from '../store.js';
import { t } from '../texts.js';

/** Who are you, and where: badge (and PIN) or user name, a new password if one is due, then the equipment. */
export function signOnView(terminal, data, state) {
  if (!terminal.me) return whoForm(terminal, state);
  return terminal.me.mustChangePassword ? passwordForm(terminal, state) : stationForm(terminal, state);
}

function whoForm(terminal, state) {
  state.way ??= load('way', 'badge');
  const choose = way => () => {
    save('way', way);
    terminal.show('sign-on');
  };
  const tab = (way, text) => h('button',
    { type: 'button', role: 'tab', id: `by-${way}`, 'aria-selected': String(state.way === way), onclick: choose(way) }, text);
  const form = state.way === 'badge' ? badgeForm(terminal, state) : userForm(terminal, state);
  return {
    elements: [
      h('h1', {}, t('signOn')),
      h('div', { className: 'row', role: 'tablist' }, tab('badge', t('byBadge')), tab('password', t('byPassword'))),
      form.element,
    ],
    focus: form.focus,
  };
}

/** A scanner types the code and Enter. A badge that needs no PIN here is in; otherwise the PIN pad appears. */
function badgeForm(terminal, state) {
  const badge = h('input', { id: 'badge', autocomplete: 'off', required: true, maxLength: 64, value: state.badge ?? '' });
  const pin = h('input', {
    id: 'pin', type: 'password', inputMode: 'numeric', autocomplete: 'off', pattern: '[0-9]{4,8}', maxLength: 8,
    value: state.pin ?? '',
  });
  const pinPart = h('div', { hidden: !state.asksPin }, field(t('pin'), pin), pad(pin));
  const next = h('div', { className: 'row', hidden: state.asksPin === true }, h('button', { className: 'main', id: 'go' }, t('next')));
  const keep = () => Object.assign(state, { badge: badge.value, pin: pin.value });
  const submit = async event => {
    event.preventDefault();
    keep();
    const body = { badge: badge.value.trim() };
    if (state.asksPin) body.pin = pin.value;
    await signIn(terminal, '/api/identity/sign-in/badge', body, problem => {
      pin.value = state.pin = '';
      state.asksPin = true;
      pinPart.hidden = false;
      next.hidden = true;
      pin.focus();
      if (problem.code === 'pin-required') terminal.say(t('problem.pin-required'));
    });
  };
  return {
    element: h('form', { onsubmit: submit, oninput: keep }, field(t('badge'), badge), pinPart, next),
    focus: state.asksPin ? pin : badge,
  };
}

function pad(input) {
  const press = digit => () => {
    input.value = digit === null ? '' : (input.value + digit).slice(0, input.maxLength);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const key = digit => h('button', { type: 'button', onclick: press(digit) }, String(digit));
  return h('div', { className: 'pad' },
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map(key),
    h('button', { type: 'button', onclick: press(null) }, t('clear')),
    key(0),
    h('button', { className: 'main' }, t('next')));
}

function userForm(terminal, state) {
  const name = h('input', { id: 'user', autocomplete: 'username', required: true, maxLength: 64, value: state.name ?? '' });
  const password = h('input', {
    id: 'password', type: 'password', autocomplete: 'current-password', required: true, value: state.password ?? '',
  });
  const submit = async event => {
    event.preventDefault();
    await signIn(terminal, '/api/identity/sign-in', { userName: name.value.trim(), password: password.value });
  };
  return {
    element: h('form', { onsubmit: submit, oninput: () => Object.assign(state, { name: name.value, password: password.value }) },
      field(t('userName'), name), field(t('password'), password),
      h('div', { className: 'row' }, h('button', { className: 'main', id: 'go' }, t('next')))),
    focus: name,
  };
}

async function signIn(terminal, path, body, refused = () => {}) {
  try {
    terminal.me = await post(path, body);
    terminal.signOn = null;
    terminal.say('');
    terminal.show('sign-on');
  } catch (problem) {
    terminal.refuse(problem);
    refused(problem);
  }
}

function passwordForm(terminal, state) {
  const current = h('input', { id: 'current', type: 'password', autocomplete: 'current-password', required: true });
  const next = h('input', { id: 'new', type: 'password', autocomplete: 'new-password', required: true, minLength: 12 });
  state.passwordId ??= newId();
  const submit = async event => {
    event.preventDefault();
    try {
      await post('/api/identity/password', { current: current.value, new: next.value }, state.passwordId);
      state.passwordId = null;
      terminal.me = await get('/api/identity/me');
      terminal.say('');
      terminal.show('sign-on');
    } catch (problem) {
      if (!problem.isTemporary) state.passwordId = newId();
      terminal.refuse(problem);
    }
  };
  return {
    elements: [
      h('h1', {}, t('mustChange')),
      h('form', { onsubmit: submit },
        field(t('password'), current), field(t('newPassword'), next),
        h('div', { className: 'row' }, h('button', { className: 'main', id: 'go' }, t('next')))),
    ],
    focus: current,
  };
}

/** Everybody works under their own name; who may act for others says whose work it is. */
function stationForm(terminal, state) {
  const actsForOthers = terminal.me.permissions.includes('production.act-for-others');
  const own = terminal.me.operator ?? '';
  const person = h('input', {
    id: 'operator', required: true, maxLength: 64, autocomplete: 'off', readOnly: !actsForOthers,
    value: actsForOthers ? state.person ?? own : own, onfocus: () => person.select(),
  });
  const equipment = h('select', { id: 'equipment', required: true });
  state.commandId ??= newId();
  fillEquipment(terminal, equipment, state);
  const submit = async event => {
    event.preventDefault();
    try {
      await leave(terminal);
      const body = { operator: person.value.trim(), station: equipment.value };
      const signOn = await post('/api/work-orders/sign-ons', body, state.commandId);
      terminal.station = equipment.value;
      terminal.signOn = { id: signOn.id, operator: body.operator };
      terminal.say('');
      terminal.show('dispatch');
    } catch (problem) {
      if (!problem.isTemporary) state.commandId = newId();
      terminal.refuse(problem);
    }
  };
  return {
    elements: [
      h('h1', {}, t('chooseEquipment')),
      h('form', { onsubmit: submit, oninput: () => { state.person = person.value; state.equipment = equipment.value; } },
        field(t('operator'), person), field(t('equipment'), equipment),
        h('div', { className: 'row' }, h('button', { className: 'main', id: 'go' }, t('signOn')))),
    ],
    focus: actsForOthers ? person : equipment,
  };
}

/** Who changes the equipment leaves the one before. */
async function leave(terminal) {
  if (!terminal.signOn) return;
  await post(`/api/work-orders/sign-ons/${terminal.signOn.id}/sign-off`, {});
  terminal.signOn = null;
}

/** A registered terminal offers its own equipment; any other offers all. */
async function fillEquipment(terminal, select, state) {
  try {
    const [codes, device] = await Promise.all([all('/api/work-orders/dispatch/equipment'), get('/api/identity/device')]);
    const offered = device?.equipment.length ? device.equipment : codes;
    select.append(...offered.map(code => h('option', { value: code }, code)));
    const chosen = state.equipment ?? terminal.station;
    if (offered.includes(chosen)) select.value = chosen;
    if (!offered.length) terminal.say(t('noEquipment'));
  } catch (problem) {
    terminal.refuse(problem);
  }
}
