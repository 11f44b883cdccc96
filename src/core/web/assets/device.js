// The page of a push device: looks for requests, shows one, and sends the signed answer. It knows no cookie; each of its
// keys speaks for itself.
import {
  allKeys,
  answerText,
  createKey,
  describeDevice,
  deviceText,
  digestOf,
  dropKey,
  keepKey,
  registrationText,
  sign,
  supported,
} from './device-keys.js';

/** Milliseconds between two looks: at first, and when nothing has happened for a while. */
const SOON = 2_000;
const LATER = 6_000;
const LATER_AFTER = 120_000;
/** When the server does not answer, each look comes after twice the time of the one before, up to this. */
const LONGEST = 60_000;

const root = document.querySelector('[data-device]');
const { api, worker, locale } = root.dataset;
const views = new Map([...root.querySelectorAll('[data-view]')].map((view) => [view.dataset.view, view]));
const title = document.title;

let devices = [];
let shown;
let request;
let lastEvent = performance.now();
let pause = SOON;
let timer;
let looking = false;

/** Shows one view, with these values in it, and tells screen readers; what is not among the values stays. */
function show(name, values = {}) {
  const view = views.get(name);
  for (const element of view.querySelectorAll('[data-fill]')) {
    if (element.dataset.fill in values) element.textContent = values[element.dataset.fill];
  }
  for (const element of view.querySelectorAll('[data-if]')) {
    if (element.dataset.if in values) element.hidden = !values[element.dataset.if];
  }
  if (shown === name) return;
  shown = name;
  for (const [other, element] of views) element.hidden = other !== name;
  document.title = name === 'request' ? `● ${title}` : title;
  const heading = view.querySelector('h1');
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Calls the server. A refusal is thrown with its code. */
async function call(name, body) {
  const response = await fetch(`${api}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { code: answer.error });
  return answer;
}

/** Calls in the name of a device; its nonce may have grown old meanwhile. */
async function callAs(device, action, sent) {
  const digest = sent === undefined ? undefined : await digestOf(sent);
  for (let fresh = false; ; fresh = true) {
    device.nonce ??= (await call('nonce', {})).nonce;
    const { nonce } = device;
    device.nonce = undefined;
    const signature = await sign(device, deviceText(action, nonce, device, digest));
    try {
      const answer = await call(action, { device: device.thumbprint, nonce, signature, ...(sent && { sent }) });
      device.nonce = answer.nonce;
      return answer;
    } catch (error) {
      if (fresh || error.code !== 'challenge-not-valid') throw error;
    }
  }
}

const clock = (moment) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(moment));

/** One look for one device. @returns whether it has a request */
async function lookFor(device) {
  const answer = await callAs(device, 'look');
  device.person = answer.person;
  device.domain = answer.domain;
  device.name = answer.name;
  if (!device.known) {
    device.known = true;
    await keepKey(device);
  }
  if (answer.push) void subscribe(device, answer.push);
  if (!answer.request) return false;
  if (request?.id === answer.request.id) return true;
  if (request !== undefined) {
    // A newer one has taken its place. Nothing is swapped under a finger that is about to press "Approve": the next look
    // shows the newer one.
    request = undefined;
    show('gone');
    return true;
  }
  request = { ...answer.request, device };
  lastEvent = performance.now();
  const form = views.get('request').querySelector('form');
  form.reset();
  show('request', {
    application: request.application,
    person: request.device.person,
    domain: request.device.domain,
    address: request.address,
    time: clock(request.createdAt),
    until: clock(request.expiresAt),
    number: request.numberMatch,
    problem: false,
    pin: request.pin,
    pinProblem: false,
  });
  return true;
}

/** What is to be seen when there is no request. */
function showIdle() {
  if (request !== undefined) {
    request = undefined;
    return show('gone');
  }
  if (shown === 'request' || shown === 'loading' || shown === 'offline' || shown === 'idle') listDevices();
}

function listDevices() {
  const list = views.get('idle').querySelector('[data-devices]');
  list.replaceChildren(
    ...devices.map(({ name, person, domain }) => {
      const item = document.createElement('li');
      item.textContent = `${person} · ${domain} (${name})`;
      return item;
    }),
  );
  show('idle', { notify: devices.some(({ offer }) => Boolean(offer)) });
}

async function look() {
  clearTimeout(timer);
  if (looking || devices.length === 0) return;
  looking = true;
  try {
    let found = false;
    for (const device of devices) {
      try {
        found = (await lookFor(device)) || found;
      } catch (error) {
        if (error.code !== 'token-disabled' && error.code !== 'proof-not-valid') throw error;
        await lose(device);
      }
      if (found) break;
    }
    if (!found && devices.length > 0) showIdle();
    pause = performance.now() - lastEvent > LATER_AFTER ? LATER : SOON;
  } catch {
    pause = Math.min(pause * 2, LONGEST);
    if (shown !== 'request') show('offline');
  } finally {
    looking = false;
    if (!document.hidden && devices.length > 0) timer = setTimeout(() => void look(), pause);
  }
}

/** The server knows the key no more, or never took it. */
async function lose(device) {
  devices = devices.filter((other) => other !== device);
  await dropKey(device);
  if (request?.device === device) request = undefined;
  if (device.known) show('revoked');
  else if (devices.length === 0) show('none');
}

/** @returns whether the request is answered: not with a wrong PIN code, which may be typed once more */
async function answer(decision, number, pin) {
  const asked = request;
  const { device } = asked;
  const signature = await sign(device, answerText(asked, decision, number));
  const { outcome } = await call('answer', {
    device: device.thumbprint,
    request: asked.id,
    decision,
    number,
    pin,
    signature,
  });
  if (outcome === 'pin-wrong') return false;
  request = undefined;
  lastEvent = performance.now();
  show(outcome, { application: asked.application });
  return true;
}

for (const form of views.get('request').querySelectorAll('form')) {
  let sending = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending || request === undefined) return;
    const decision = event.submitter?.value === 'deny' ? 'deny' : 'approve';
    const typed = form.elements.number.value.trim();
    if (decision === 'approve' && request.numberMatch && !/^[0-9]{2}$/.test(typed)) {
      show('request', { problem: true });
      form.elements.number.focus();
      return;
    }
    const pin = decision === 'approve' && request.pin ? form.elements.pin.value : undefined;
    const askAgain = () => {
      form.elements.pin.value = '';
      show('request', { problem: false, pinProblem: true });
      form.elements.pin.focus();
    };
    if (pin === '') return askAgain();
    sending = true;
    answer(decision, decision === 'approve' && request.numberMatch ? typed : undefined, pin)
      .then((answered) => answered || askAgain())
      .catch(() => show('offline'))
      .finally(() => {
        sending = false;
      });
  });
}

for (const button of root.querySelectorAll('[data-back]')) {
  button.addEventListener('click', () => {
    show('loading');
    if (devices.length === 0) show('none');
    else void look();
  });
}

// ---- A code that lets this device be enrolled.

for (const form of root.querySelectorAll('form[data-activate]')) {
  const say = (what) => {
    for (const text of form.querySelectorAll('[data-says]')) text.hidden = text.dataset.says !== what;
  };
  let sending = false;

  const activate = async () => {
    const code = form.elements.code.value.replaceAll(/[\s-]/g, '');
    const pin = form.elements.pin.value;
    const { challenge } = await call('activation', { code });
    const key = await createKey();
    const signature = await sign(key, registrationText(challenge, key));
    const { type, model } = describeDevice();
    await call('activate', { code, pin, key: key.publicKey, signature, name: form.elements.name.value, type, model });
    await keepKey({ ...key, known: true });
    devices.push({ ...key, known: true });
    form.reset();
    show('enrolled');
    await look();
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    say(undefined);
    activate()
      .catch((error) => say(error.code === 'slot-taken' ? 'full' : error.code ? 'wrong' : 'offline'))
      .finally(() => {
        sending = false;
      });
  });
}

// ---- Web Push, where the server has keys for it.

async function subscribe(device, serverKey) {
  if (device.offer !== undefined || !('PushManager' in globalThis) || !navigator.serviceWorker) return;
  device.offer = Notification.permission === 'default' ? serverKey : '';
  if (Notification.permission === 'granted') await sendSubscription(device, serverKey).catch(() => undefined);
}

async function sendSubscription(device, serverKey) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: serverKey };
  const subscription = (await pushManager.getSubscription()) ?? (await pushManager.subscribe(options));
  await callAs(device, 'subscribe', JSON.stringify(subscription));
}

async function offerSignals() {
  const granted = (await Notification.requestPermission()) === 'granted';
  for (const device of devices) {
    const serverKey = device.offer;
    device.offer = '';
    if (granted && serverKey) await sendSubscription(device, serverKey).catch(() => undefined);
  }
  if (shown === 'idle') listDevices();
}

for (const button of root.querySelectorAll('[data-notify]')) {
  button.addEventListener('click', () => void offerSignals());
}

// ---- Begin.

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return clearTimeout(timer);
  lastEvent = performance.now();
  void look();
});

async function begin() {
  if (!supported()) return show('unsupported');
  if (navigator.serviceWorker) {
    await navigator.serviceWorker.register(worker, { scope: api }).catch(() => undefined);
  }
  devices = await allKeys();
  const code = /^#activate=([0-9A-Za-z]{1,32})$/.exec(location.hash)?.[1];
  if (code !== undefined) {
    history.replaceState(null, '', location.pathname);
    root.querySelector('form[data-activate]').elements.code.value = code;
    return show('none');
  }
  if (devices.length === 0) return show('none');
  await look();
}

show('loading');
void begin();
