// Holds WebAuthn ceremonies. A form says which one, with the options of the server, and takes the answer along:
//
//   <form method="post" data-fido="create" data-options="{…}">
//     <input type="hidden" name="response">
//     <p role="alert" data-fido-says="unsupported" hidden>…</p>   no WebAuthn here, or not on this address
//     <p role="alert" data-fido-says="known" hidden>…</p>         this key is registered already
//     <p role="alert" data-fido-says="failed" hidden>…</p>        cancelled, too late, no key
//     <button type="submit">…</button>
//   </form>
//
// `create` registers a key, `get` asks for one.
import './simplewebauthn.js';

const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser;
const ceremonies = { create: startRegistration, get: startAuthentication };

for (const form of document.querySelectorAll('form[data-fido]')) {
  const button = form.querySelector('button[type=submit]');
  const optionsJSON = JSON.parse(form.dataset.options);
  let running = false;

  // A key is bound to a domain name; the browser refuses to make one for another (WebAuthn Level 3, section 5.1.3).
  const party = optionsJSON.rp?.id ?? optionsJSON.rpId ?? location.hostname;
  const here = location.hostname === party || location.hostname.endsWith(`.${party}`);
  const supported = here && browserSupportsWebAuthn();

  const say = (what) => {
    for (const text of form.querySelectorAll('[data-fido-says]')) text.hidden = text.dataset.fidoSays !== what;
  };

  const send = (response) => {
    form.elements.response.value = JSON.stringify(response);
    form.submit();
  };
  const stop = (error) => {
    say(error.name === 'InvalidStateError' ? 'known' : error.name === 'SecurityError' ? 'unsupported' : 'failed');
    running = false;
    button.removeAttribute('aria-disabled');
  };

  if (!supported) say('unsupported');

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (running) return;
    if (!supported) return say('unsupported');
    running = true;
    button.setAttribute('aria-disabled', 'true');
    say(undefined);
    ceremonies[form.dataset.fido]({ optionsJSON }).then(send, stop);
  });
}
