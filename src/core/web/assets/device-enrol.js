// Enrols this browser as a push device. A form says so, with the challenge of the server, and takes the answer along:
//
//   <form method="post" data-device-challenge="…">
//     <input type="hidden" name="response">
//     <p role="alert" data-device-says="unsupported" hidden>…</p>
//     <p role="alert" data-device-says="failed" hidden>…</p>
//     <button type="submit">…</button>
//   </form>
import { createKey, describeDevice, keepKey, registrationText, sign, supported } from './device-keys.js';

for (const form of document.querySelectorAll('form[data-device-challenge]')) {
  const button = form.querySelector('button[type=submit]');
  let running = false;

  const say = (what) => {
    for (const text of form.querySelectorAll('[data-device-says]')) text.hidden = text.dataset.deviceSays !== what;
  };

  const enrol = async () => {
    const key = await createKey();
    const signature = await sign(key, registrationText(form.dataset.deviceChallenge, key));
    await keepKey({ ...key, known: false });
    form.elements.response.value = JSON.stringify({ key: key.publicKey, signature, ...describeDevice() });
    form.submit();
  };

  if (!supported()) say('unsupported');

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (running) return;
    if (!supported()) return say('unsupported');
    running = true;
    button.setAttribute('aria-disabled', 'true');
    say(undefined);
    enrol().catch(() => {
      say('failed');
      running = false;
      button.removeAttribute('aria-disabled');
    });
  });
}
