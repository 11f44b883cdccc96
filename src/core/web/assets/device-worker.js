// Shows that a request is there when the server wakes this device. It is told nothing of the request itself. The server
// writes `TEXTS` in front of this.
self.addEventListener('push', (event) => {
  const waked = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    for (const page of pages) page.postMessage('look');
    await self.registration.showNotification(TEXTS.title, {
      body: TEXTS.body,
      icon: TEXTS.icon,
      tag: 'request',
      renotify: true,
      requireInteraction: true,
    });
  };
  event.waitUntil(waked());
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
