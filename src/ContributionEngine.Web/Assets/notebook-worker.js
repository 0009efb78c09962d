// The notebook opens without signal: the page and what it needs as they were last seen. Anything else goes to the site.
const kept = 'notebook-1';
addEventListener('install', event => event.waitUntil(caches.open(kept).then(cache => cache.add('/notebook')).then(() => skipWaiting())));
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.search || !(url.pathname === '/notebook' || url.pathname.startsWith('/assets/'))) return;
  event.respondWith(fetch(event.request).then(answer => {
    if (answer.ok && !answer.redirected) { const copy = answer.clone(); caches.open(kept).then(cache => cache.put(event.request, copy)); }
    return answer;
  }).catch(() => caches.match(event.request, { ignoreVary: true })));
});
