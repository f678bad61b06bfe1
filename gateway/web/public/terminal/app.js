import { get, post } from './api.js';
import { h } from './dom.js';
import { load, save } from './store.js';
import { problemText, switchLanguage, t } from './texts.js';
import { dispatchView } from './views/dispatch.js';
import { reportView } from './views/report.js';
import { signOnView } from './views/sign-on.js';

const views = { 'sign-on': signOnView, dispatch: dispatchView, report: reportView };
const bar = document.getElementById('bar');
const message = document.getElementById('message');
const main = document.getElementById('view');

/** Whoever wanted to see one of these pages and had to sign in first is led back there. */
const pages = { openapi: '/openapi/', jobs: '/jobs' };
const next = pages[new URLSearchParams(location.search).get('next')];

let current = null;

/** What the screens share: who is here, where, and how to go on. */
export const terminal = {
  me: null,
  get station() { return load('station'); },
  set station(value) { save('station', value); },
  /** { id, operator } of the sign-on that reports are made under. */
  get signOn() { return load('sign-on'); },
  set signOn(value) { save('sign-on', value); },

  show(name, data = {}) {
    if (this.me && !this.me.mustChangePassword && next) return location.assign(next);
    current?.leave?.();
    current = { name, data, state: {} };
    render();
  },

  say(text, kind = '') {
    message.textContent = text;
    message.className = kind;
  },

  /** Tells of a refusal; one that ends the session leads back to the sign-on. */
  refuse(problem) {
    if (problem.code === undefined) throw problem;
    this.say('✖ ' + problemText(problem), 'bad');
    if (problem.code !== 'not-signed-in') return;
    this.me = null;
    if (current?.name !== 'sign-on') this.show('sign-on');
  },
};

/** Draws the view again, in the language of now; what was typed is kept in its state. */
function render() {
  document.title = t('title');
  drawBar();
  const drawn = views[current.name](terminal, current.data, current.state);
  main.replaceChildren(...drawn.elements);
  current.leave = drawn.leave;
  (drawn.focus ?? main).focus();
}

function drawBar() {
  const who = terminal.me && terminal.signOn
    ? t('signedOn', { operator: terminal.signOn.operator, equipment: terminal.station })
    : terminal.me?.name ?? t('title');
  bar.replaceChildren(
    h('span', { className: 'who' }, who),
    h('button', { type: 'button', id: 'language', onclick: changeLanguage }, t('language')),
    terminal.me?.permissions.includes('jobs.run') && h('a', { id: 'jobs', href: '/jobs' }, t('jobs')) || '',
    terminal.me && h('button', { type: 'button', id: 'sign-out', onclick: signOut }, t('signOut')) || '');
}

function changeLanguage() {
  switchLanguage();
  terminal.say('');
  current.leave?.();
  render();
  document.getElementById('language').focus();
}

/** Ends the presence and the session. Where the presence cannot be ended, nobody is left signed in here anyway. */
async function signOut() {
  terminal.say('');
  try {
    if (terminal.signOn) await post(`/api/work-orders/sign-ons/${terminal.signOn.id}/sign-off`, {});
  } catch (problem) {
    terminal.refuse(problem);
  }
  try {
    await post('/api/identity/sign-out', {});
    terminal.signOn = null;
    terminal.me = null;
    terminal.show('sign-on');
  } catch (problem) {
    terminal.refuse(problem);
  }
}

async function start() {
  try {
    terminal.me = await get('/api/identity/me');
  } catch (problem) {
    if (problem.code !== 'not-signed-in') terminal.refuse(problem);
  }
  terminal.show(terminal.me && !terminal.me.mustChangePassword && terminal.signOn ? 'dispatch' : 'sign-on');
}

start();
