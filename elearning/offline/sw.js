/* The service worker: the app starts and its files answer with no network. Served at /sw.js with the lines
   VERSION, FILES (URLs of the app), PACKS ({language: [URLs]}: catalogue and fonts) before it. A classic script:
   module workers need Chrome 91. */
/* global VERSION, FILES, PACKS */
'use strict';

const SHELL = '/learn/';
const MINE = `shell-${VERSION}`;
const LANGUAGES = 'languages';
const EDITIONS = 'editions';
const PACK_URLS = Object.values(PACKS).flat();
const NAVIGATION_TIMEOUT = 3000;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => event.data === 'activate' && self.skipWaiting());

// Whole or not at all: a version that is not complete never becomes active. What an earlier version or the
// browser's own cache has already is not fetched again.
async function install() {
  const cache = await caches.open(MINE);
  await Promise.all(FILES.map((url) => fill(cache, url)));
  await cache.put(SHELL, await shell());
  await keepLanguages();
}

async function fill(cache, url) {
  const known = await caches.match(url);
  if (known) return cache.put(url, known);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return cache.put(url, response);
}

// The page that the browser has just loaded is the shell, if it is of this version.
async function shell() {
  for (const mode of ['default', 'reload']) {
    const response = await fetch(SHELL, {cache: mode, credentials: 'omit'});
    const text = await response.clone().text();
    if (response.ok && text.includes(`content="${VERSION}"`)) return response;
  }
  throw new Error('the server has another version of the app');
}

// The languages used on this tablet stay usable after an update.
async function keepLanguages() {
  const cache = await caches.open(LANGUAGES);
  const kept = (await cache.keys()).map((request) => new URL(request.url).pathname);
  for (const [code, urls] of Object.entries(PACKS)) {
    if (!kept.some((path) => path === `/learn/i18n/${code}.json`)) continue;
    await Promise.all(urls.map((url) => fill(cache, url)));
  }
}

// The whole version before this one is kept for tabs that still run it; what a failed install left half goes.
async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== MINE);
  const whole = [];
  for (const name of others) if (await (await caches.open(name)).match(SHELL)) whole.push(name);
  const kept = whole[whole.length - 1];
  await Promise.all(others.filter((name) => name !== kept).map((name) => caches.delete(name)));
  const cache = await caches.open(LANGUAGES);
  for (const request of await cache.keys()) {
    const {pathname, search} = new URL(request.url);
    if (!PACK_URLS.includes(pathname + search)) await cache.delete(request);
  }
  await self.clients.claim();
}

self.addEventListener('fetch', (event) => {
  const {request} = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const path = url.pathname + url.search;
  if (request.mode === 'navigate') {
    if ([SHELL, '/learn'].includes(url.pathname)) event.respondWith(navigation(request));
  } else if (url.pathname.startsWith('/editions/files/')) {
    event.respondWith(edition(request, path));
  } else if (PACK_URLS.includes(path)) {
    event.respondWith(pack(request, path));
  } else if (url.pathname.startsWith('/static/')) {
    event.respondWith(cached(request, path));
  }
});

async function navigation(request) {
  const cache = await caches.open(MINE);
  const found = await cache.match(SHELL);
  return found ?? fetch(request, {signal: timeout(NAVIGATION_TIMEOUT)});
}

function timeout(ms) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

async function cached(request, path) {
  return (await (await caches.open(MINE)).match(path)) ?? (await caches.match(path)) ?? fetch(request);
}

async function pack(request, path) {
  const cache = await caches.open(LANGUAGES);
  const found = await cache.match(path);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(path, response.clone());
  return response;
}

async function edition(request, path) {
  const found = await (await caches.open(EDITIONS)).match(path);
  if (!found) return fetch(request);
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('Range') ?? '');
  return range ? slice(found, range) : found;
}

// Without a 206 a video can't be sought (RFC 9110, section 14). `blob.slice` reads only the part that is asked for.
async function slice(whole, [, from, to]) {
  const blob = await whole.blob();
  const start = from === '' ? Math.max(0, blob.size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? blob.size - 1 : Math.min(Number(to), blob.size - 1);
  const headers = {'Content-Type': whole.headers.get('Content-Type'), 'Accept-Ranges': 'bytes'};
  if (start > end) {
    return new Response(null, {status: 416, headers: {...headers, 'Content-Range': `bytes */${blob.size}`}});
  }
  return new Response(blob.slice(start, end + 1), {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': String(end - start + 1),
      'Content-Range': `bytes ${start}-${end}/${blob.size}`,
    },
  });
}
