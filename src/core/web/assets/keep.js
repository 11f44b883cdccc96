// Prints the page, and hands out a text of it as a file that is made here and never sent. As plain text browsers would
// add an ending to its name.
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

for (const button of document.querySelectorAll('button[data-download]')) {
  const text = document.getElementById(button.dataset.download);
  button.hidden = false;
  button.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text.textContent], { type: 'application/octet-stream' }));
    link.download = button.dataset.file;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
