// The root web application: shows the view that the fragment of the address names. The id of a link stands there, where no
// log and no referrer holds it; it leaves only in the body of a call and in the path of the call that uses it.
import { call, takeOver, tell } from './app-root-form.js';
import { improvePasswords } from './password-fields.js';

const REST = '/rest/v1/iam';
const LINK = /^#\/iam\/(self_register|pwd_reset|invite)\/([^/]*)$/;
const MESSAGES = { '#/mailed': 'mailed', '#/asked': 'asked' };

const root = document.querySelector('[data-app-root]');
const stage = root.querySelector('[data-stage]');
const organisation = document.title.split(' – ').at(-1);

const defaultDomain = root.dataset.defaultDomain === 'URL' ? location.hostname : (root.dataset.defaultDomain ?? '');
/** Filled into forms: the default, or whose password was set just now. */
let known = { domain: defaultDomain, login: '' };
/** Whether the browser may hold a session; no script can see its cookie. */
let session = root.dataset.session === 'shown';
/** What the next view says besides. */
let saying;
/** Counts the views, so that an answer that comes late shows nothing. */
let turn = 0;

/** Goes on to another view, without a way back to where the browser is. */
function replace(hash) {
  history.replaceState(null, '', hash);
  void route();
}

const template = (name) => root.querySelector(`template[data-view="${name}"]`);

/** Shows a fresh copy of a view with these values in it, and tells screen readers. */
function show(name, values = {}) {
  const first = turn <= 1;
  rememberTyped();
  stage.replaceChildren(template(name).content.cloneNode(true));
  for (const element of stage.querySelectorAll('[data-fill]')) element.textContent = values[element.dataset.fill];
  for (const input of stage.querySelectorAll('[data-prefill]')) prefill(input, known[input.dataset.prefill]);
  for (const text of stage.querySelectorAll('[data-says]')) text.hidden = text.dataset.says !== saying;
  saying = undefined;
  const heading = stage.querySelector('h1');
  document.title = `${heading.textContent} – ${organisation}`;
  if (!first || name !== 'log-in') {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  return stage.querySelector('form');
}

/** What was typed for a domain or a login goes along to the next form, e.g. from the log-in to *Forgot password*. */
function rememberTyped() {
  for (const { name, value, dataset } of stage.querySelectorAll('[data-prefill]')) {
    if (value && name === dataset.prefill) known = { ...known, [name]: value };
  }
}

function prefill(input, value) {
  const offered = input.tagName !== 'SELECT' || [...input.options].some((option) => option.value === value);
  if (value && offered) input.value = value;
}

/** The fields of a new password as the server sent them; its text is escaped there. */
function fillPassword(form, { login, fields }) {
  form.elements.namedItem('username').value = login;
  form.querySelector('[data-password-fields]').innerHTML = fields;
  improvePasswords(form);
}

function logIn() {
  const form = show('log-in');
  if (known.login) form.elements.namedItem('pwd').focus();
  takeOver(form, async (values) => {
    await call('POST', `${REST}/sessions`, values);
    session = true;
    known = { domain: values.domain, login: values.login };
    replace('#/account');
  });
}

function register() {
  const form = show('register');
  takeOver(form, async (values) => {
    await call('POST', `${REST}/self_register_requests`, values);
    replace('#/mailed');
  });
}

function forgot() {
  const form = show('forgot');
  takeOver(form, async ({ key, domain }) => {
    const named = domain.trim();
    // A mail address belongs to whichever domain it is in, not to the one that was filled in for everybody.
    const meant = key.includes('@') && named === defaultDomain ? '' : named;
    await call('POST', `${REST}/pwd_reset_requests`, { key, ...(meant && { domain: meant }) });
    replace('#/asked');
  });
}

async function link(kind, id, mine) {
  const path = kind === 'invite' ? 'invites' : `${kind}_requests`;
  // A link that is over, and one into a domain that was closed since.
  const isOver = ({ status, field }) => status === 404 || (status === 412 && field === 'domain');
  show('loading');
  let person;
  try {
    person = await call('POST', root.dataset.link, { kind, id });
  } catch (refusal) {
    if (mine !== turn) return;
    if (isOver(refusal)) show(`dead-${kind}`);
    else away(refusal);
    return;
  }
  if (mine !== turn) return;
  const form = show(kind === 'pwd_reset' ? 'new-password' : 'first-password', person);
  fillPassword(form, person);
  takeOver(
    form,
    async ({ password }) => {
      const { user } = await call('PATCH', `${REST}/${path}/${id}`, { pwd: password });
      known = user;
      session = false;
      // Neither the history nor a reload shows the id again.
      history.replaceState(null, '', '#/done');
      show(kind === 'pwd_reset' ? 'password-done' : 'account-done');
    },
    (refusal) => {
      if (isOver(refusal)) show(`dead-${kind}`);
      else if (refusal.status === 412 && refusal.field === 'login') show('taken');
      else return false;
      return true;
    },
  );
}

/** Nothing could be learnt. */
function away(refusal) {
  show('away');
  const button = stage.querySelector('[data-again]');
  tell(stage, refusal);
  button.addEventListener('click', () => button.getAttribute('aria-disabled') !== 'true' && void route());
}

/** Calls with the session; when it is over, leads to the log-in. @returns undefined then, or when nothing could be learnt */
async function asPerson(mine, method, path, body) {
  try {
    const answer = await call(method, path, body);
    return mine === turn ? answer : undefined;
  } catch (refusal) {
    if (mine !== turn) return undefined;
    if (!leave(refusal)) away(refusal);
    return undefined;
  }
}

/** Leads to the log-in when the session is over. */
function leave({ status }) {
  if (status !== 401) return false;
  session = false;
  saying = 'over';
  replace('#/');
  return true;
}

async function account(mine) {
  const answer = await asPerson(mine, 'GET', `${REST}/sessions/current`);
  if (!answer) return;
  const form = show('account', answer.user);
  takeOver(
    form,
    async () => {
      await call('DELETE', `${REST}/sessions/current`);
      session = false;
      saying = 'logged-out';
      replace('#/');
    },
    leave,
  );
}

async function ownPassword(mine) {
  const person = await asPerson(mine, 'POST', root.dataset.ownPassword, {});
  if (!person) return;
  const form = show('own-password');
  fillPassword(form, person);
  takeOver(
    form,
    async ({ current, password }) => {
      await call('POST', `${REST}/pwd_reset_requests`, { current_pwd: current, new_pwd: password });
      saying = 'changed';
      replace('#/account');
    },
    leave,
  );
}

/** Shows what the address names; the log-in form when it names nothing. */
function route() {
  const mine = ++turn;
  const { hash } = location;
  for (const other of document.querySelectorAll('.languages a')) other.hash = hash;
  const [, kind, id] = LINK.exec(hash) ?? [];
  if (kind) return link(kind, id, mine);
  if (hash in MESSAGES) return show(MESSAGES[hash]);
  if (hash === '#/register' && template('register')) return register();
  if (hash === '#/forgot' && template('forgot')) return forgot();
  if (hash === '#/account/password' && session) return ownPassword(mine);
  if (session) return account(mine);
  return logIn();
}

// Places within the page keep the fragment, which names the view.
document.addEventListener('click', (event) => {
  const target = event.target.closest('a[href^="#"]')?.getAttribute('href');
  if (!target || target.startsWith('#/')) return;
  event.preventDefault();
  document.querySelector(target)?.focus();
});
addEventListener('hashchange', () => void route());
void route();
