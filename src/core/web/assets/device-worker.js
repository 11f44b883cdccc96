// Shows that a request is there when the server wakes this device. It is told nothing of the request itself. The server
// writes `TEXTS` in front of this.
self.addEventListener('push', (event) => {
  const { title, body, icon } = TEXTS;
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      icon,
      tag: 'request',
      renotify: true,
      requireInteraction: true,
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const open = async () => {
    const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (page) return page.focus();
    return self.clients.openWindow(self.registration.scope);
  };
  event.waitUntil(open());
});
