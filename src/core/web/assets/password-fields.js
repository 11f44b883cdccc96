// The fields of a new password: ticks off the rules, compares the entries, shows what was typed.
import { meets } from './judge-password.js';

const PAUSE_MS = 700;

/** @param form a form with the fields of password-fields.tsx, and the rules of rule-list.tsx beside or in it */
export function improvePasswords(form) {
  const password = form.elements.namedItem('password');
  const repeated = form.elements.namedItem('repeated');
  tickRules(password);
  compareEntries(password, repeated);
  revealPasswords(form, [password, repeated]);
}

/** Runs `say` when the person has stopped typing, so that a screen reader is not interrupted at every key. */
function afterPause(say) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => say(), PAUSE_MS);
  };
}

function tickRules(password) {
  const rules = [...document.querySelectorAll('[data-check]')].map((item) => ({
    item,
    state: item.querySelector('[data-met]'),
    check: JSON.parse(item.dataset.check),
  }));
  const progress = document.querySelector('[data-progress]');
  if (rules.length === 0) return;
  let met = 0;

  const announce = afterPause(() => {
    progress.textContent = password.value
      ? progress.dataset.progress.replace('{met}', met).replace('{total}', rules.length)
      : '';
  });
  const judge = () => {
    met = 0;
    for (const { item, state, check } of rules) {
      const good = meets(check, password.value);
      met += good ? 1 : 0;
      item.classList.toggle('rule-met', good);
      state.textContent = ` (${good ? state.dataset.met : state.dataset.open})`;
    }
  };
  password.addEventListener('input', () => {
    judge();
    announce();
  });
  judge();
}

function compareEntries(password, repeated) {
  const match = document.getElementById('match');
  const compare = () => {
    const same = password.value === repeated.value;
    match.textContent = repeated.value === '' ? '' : same ? match.dataset.same : match.dataset.differ;
    match.classList.toggle('match-same', repeated.value !== '' && same);
  };
  const compareLater = afterPause(compare);
  // Agreement shows at once, a difference only when the person has paused.
  const onInput = () => (password.value === repeated.value ? compare() : compareLater());
  password.addEventListener('input', onInput);
  repeated.addEventListener('input', onInput);
}

function revealPasswords(form, inputs) {
  const button = form.querySelector('.reveal');
  const label = button.querySelector('[data-label]');
  const status = form.querySelector('[data-shown]');
  const turn = (visible) => {
    for (const input of inputs) input.type = visible ? 'text' : 'password';
    label.textContent = visible ? button.dataset.hide : button.dataset.show;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const visible = inputs[0].type === 'password';
    turn(visible);
    status.textContent = visible ? status.dataset.shown : status.dataset.hidden;
  });
  // Browsers offer to remember what was sent in a field of type text; a password is sent as one.
  form.addEventListener('submit', () => turn(false));
}
