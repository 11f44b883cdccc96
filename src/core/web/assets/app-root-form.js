// Forms of the root web application: judged as far as a page can, sent once, and every refusal said next to its field.

const root = document.querySelector('[data-app-root]');
const language = document.documentElement.lang;

/** What the page says by itself, in its language. */
export const sentences = JSON.parse(root.dataset.sentences);

/** Fields of the REST calls whose inputs have other names. */
const INPUTS = { pwd: 'password', new_pwd: 'password', current_pwd: 'current' };

/** Calls the server. A refusal is thrown with its status, code, field and message, and with the seconds to wait. */
export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        'accept-language': language,
        ...(body && { 'content-type': 'application/json; charset=utf-8' }),
      },
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw Object.assign(new Error('offline'), { status: 0 });
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.error_message), {
    status: response.status,
    field: answer.error_details?.field,
    wait: Number(response.headers.get('retry-after') ?? 0),
  });
}

/** Has a form sent by `send`, which gets its values; `explain` may take a refusal first. */
export function takeOver(form, send, explain = () => false) {
  const button = form.querySelector('button[type=submit]');
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy || form.dataset.waiting) return;
    clear(form);
    if (!judge(form)) return;
    busy = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      await send(valuesOf(form));
    } catch (refusal) {
      if (!explain(refusal)) tell(form, refusal);
    } finally {
      busy = false;
      if (!form.dataset.waiting) button.removeAttribute('aria-disabled');
    }
  });
}

/** Says a refusal: next to the field that it is about, or above the form; one that only time helps counts down. */
export function tell(form, refusal) {
  const input = refusal.field && inputOf(form, refusal.field);
  if (refusal.wait > 0 && (refusal.status === 403 || refusal.status === 429)) return wait(form, refusal);
  if (!input) return tellAbove(form, sentenceOf(refusal));
  const [, , sentence] = sentences.refusals.find(
    ([field, beginning]) => field === refusal.field && refusal.message.startsWith(beginning),
  ) ?? ['', '', sentences.failed];
  mark(input, sentence);
  input.focus();
}

function sentenceOf({ status, message }) {
  if (status === 0) return sentences.offline;
  if (status === 401) return sentences.wrong;
  if (status === 403) return sentences.expiredMessages.includes(message) ? sentences.expired : sentences.off;
  return status === 503 ? sentences.unavailable : sentences.failed;
}

function tellAbove(form, sentence) {
  const problem = form.querySelector('[data-problem]');
  problem.querySelector('[data-problem-text]').textContent = sentence;
  problem.hidden = false;
  problem.scrollIntoView({ block: 'nearest' });
}

/** Counts down until another try makes sense; what was typed stays. */
function wait(form, { wait: seconds, status }) {
  const notice = form.querySelector('[data-wait]');
  const left = notice.querySelector('[data-wait-left]');
  const button = form.querySelector('button[type=submit], [data-again]');
  const end = performance.now() + seconds * 1_000;
  let timer;
  const show = () => {
    const rest = Math.ceil((end - performance.now()) / 1_000);
    if (rest > 0 && form.isConnected) {
      left.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}`;
      return;
    }
    clearInterval(timer);
    delete form.dataset.waiting;
    button.removeAttribute('aria-disabled');
    notice.hidden = true;
  };
  form.dataset.waiting = 'yes';
  button.setAttribute('aria-disabled', 'true');
  show();
  notice.hidden = false;
  notice.querySelector('[data-wait-text]').textContent = status === 429 ? sentences.wait : sentences.banned;
  notice.scrollIntoView({ block: 'nearest' });
  timer = setInterval(show, 1_000);
}

/** What the page can tell by itself. The server judges again and has the last word. */
function judge(form) {
  const wrong = [];
  const refuse = (input, sentence) => {
    mark(input, sentence);
    wrong.push(input);
  };
  for (const input of form.querySelectorAll('input[data-missing]')) {
    const { missing, mismatch } = input.dataset;
    if (input.type !== 'password') input.value = input.value.trim();
    const { valueMissing, patternMismatch, typeMismatch } = input.validity;
    if (valueMissing) refuse(input, missing);
    else if (patternMismatch || typeMismatch) refuse(input, mismatch);
  }
  const { password, repeated } = form.elements;
  if (repeated) {
    const { empty, emptyAgain, mismatch } = sentences.password;
    if (password.value === '') refuse(password, empty);
    else if (repeated.value === '') refuse(repeated, emptyAgain);
    else if (password.value !== repeated.value) refuse(repeated, mismatch);
  }
  wrong[0]?.focus();
  return wrong.length === 0;
}

function valuesOf(form) {
  return Object.fromEntries(new FormData(form));
}

function inputOf(form, field) {
  return form.elements.namedItem(field) ?? form.elements.namedItem(INPUTS[field] ?? field);
}

function mark(input, sentence) {
  const field = input.closest('.field');
  const id = `${input.id}-error`;
  const error = Object.assign(document.createElement('p'), { className: 'field-error', id, textContent: sentence });
  field.classList.add('field-invalid');
  field.querySelector('label').after(error);
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', `${id} ${input.getAttribute('aria-describedby') ?? ''}`.trim());
}

function clear(form) {
  form.querySelector('[data-problem]').hidden = true;
  for (const error of form.querySelectorAll('.field-error')) {
    const field = error.closest('.field');
    const input = field.querySelector('input, select');
    const others = input
      .getAttribute('aria-describedby')
      .split(' ')
      .filter((id) => id !== error.id);
    if (others.length > 0) input.setAttribute('aria-describedby', others.join(' '));
    else input.removeAttribute('aria-describedby');
    input.removeAttribute('aria-invalid');
    field.classList.remove('field-invalid');
    error.remove();
  }
}
