// Puts a sample on the clipboard. Without it the sample can be selected by hand.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const sample = document.getElementById(button.dataset.copy);
  const status = document.querySelector(`[data-copied-from="${button.dataset.copy}"]`);
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(sample.textContent).then(
      () => (status.textContent = status.dataset.copied),
      // Not allowed: the text is selected instead, so that a key press copies it.
      () => getSelection().selectAllChildren(sample),
    );
  });
}
