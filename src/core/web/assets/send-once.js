// Sends each form once, however often its button is pressed: the second time, what it asks for is used up.
for (const form of document.querySelectorAll('form[method=post]')) {
  const button = form.querySelector('button[type=submit]');
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    button.setAttribute('aria-disabled', 'true');
  });
  // The browser may bring the page back as it was left.
  addEventListener('pageshow', () => {
    sent = false;
    button.removeAttribute('aria-disabled');
  });
}
