// Keys of this browser as a push device. A key is made here and can never be read, not even by this page: it is kept as
// a CryptoKey in IndexedDB and only signs (ECDSA on P-256 with SHA-256, RFC 7518, section 3.4).
const DATABASE = 'latchkey-device';
const STORE = 'keys';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** Whether this browser can be a device at this address. */
export const supported = () => isSecureContext && crypto.subtle !== undefined && globalThis.indexedDB !== undefined;

/** A new key, with what the server needs to know of it. Not kept yet. */
export async function createKey() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign']);
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  // RFC 7638: the members in this order.
  const thumbprint = base64url(await digest(JSON.stringify({ crv, kty, x, y })));
  return { thumbprint, privateKey, publicKey: { crv, kty, x, y } };
}

export async function sign({ privateKey }, text) {
  const bytes = new TextEncoder().encode(text);
  return base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes));
}

/** SHA-256 of a text, base64url. */
export async function digestOf(text) {
  return base64url(await digest(text));
}

/** Keeps a key. `known` says whether the server has taken it. */
export function keepKey({ thumbprint, privateKey, known }) {
  return inStore('readwrite', (store) => store.put({ thumbprint, privateKey, known }));
}

export function allKeys() {
  return inStore('readonly', (store) => store.getAll());
}

export function dropKey({ thumbprint }) {
  return inStore('readwrite', (store) => store.delete(thumbprint));
}

/** What a key signs to be enrolled. */
export const registrationText = (challenge, { thumbprint }) =>
  `latchkey push registration v1\n${challenge}\n${thumbprint}`;

/** What a key signs to be recognised. */
export const deviceText = (action, nonce, { thumbprint }, sent = '-') =>
  `latchkey push device v1\n${action}\n${nonce}\n${thumbprint}\n${sent}`;

/** What a key signs to answer a request. */
export const answerText = (request, decision, number) =>
  `latchkey push answer v1\n${request.id}\n${decision}\n${number ?? '-'}\n${request.application}`;

/** What this is, for the list of the person's devices. */
export function describeDevice() {
  const agent = navigator.userAgent;
  const apple = /iPhone|iPad/.exec(agent)?.[0];
  const type = /Android/.test(agent) ? 'ANDROID' : apple ? 'IOS' : 'BROWSER';
  const browser = /Firefox|Edg|SamsungBrowser|OPR|Chrome|Safari/.exec(agent)?.[0] ?? 'Browser';
  const system = apple ?? /Android|Windows|Mac OS X|CrOS|Linux/.exec(agent)?.[0] ?? '';
  return { type, model: `${{ Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser} ${system}`.trim() };
}

const digest = (text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));

function base64url(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function inStore(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.addEventListener('upgradeneeded', () => {
      opening.result.createObjectStore(STORE, { keyPath: 'thumbprint' });
    });
    opening.addEventListener('error', () => reject(new Error('the keys cannot be opened')));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.addEventListener('complete', () => {
        database.close();
        resolve(asked.result);
      });
      transaction.addEventListener('error', () => {
        database.close();
        reject(new Error('the keys cannot be read or kept'));
      });
    });
  });
}
