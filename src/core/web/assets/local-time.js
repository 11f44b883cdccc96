// Writes moments in the time zone of the person. Without it they stand in the server's zone, which is named.
for (const element of document.querySelectorAll('time[data-local]')) {
  element.textContent = new Intl.DateTimeFormat(element.dataset.local, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(element.dateTime));
}
