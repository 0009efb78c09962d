// The notebook opens without signal: the page and what it needs, as the page itself has kept them. With signal everything comes from the site.
addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.search) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(url.pathname, { ignoreVary: true }).then(found => found ?? Response.error())));
});
