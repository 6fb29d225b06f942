// Editions on this tablet: downloaded in pieces, resumed at the byte where the line was cut, each file verified by its SHA-256,
// a new edition taking the old one's place only when it is complete.
import {readable} from './api.js';
import {device, emit, isFull, on} from './store.js';

const CACHE = 'editions';
// A piece is what is kept at once, a stretch what is asked for at once: a cut throws away what the browser has received and not
// yet handed over, on a fast line up to two megabytes, so no request is longer than this.
const PIECE = 128 * 1024;
const STRETCH = 512 * 1024;
const STALLED = 20000;
const RETRY = [2000, 5000, 15000, 60000];
const running = new Map();

// Null also where an app newer than this one has left an edition that this one cannot read.
export async function manifest(module) {
  const found = (await device.get('editions', module))?.manifest;
  return found && readable(found) ? found : null;
}

const urlOf = (of, sha256) => of.files.find((file) => file.sha256 === sha256)?.url;

export const fileUrl = (of, sha256) => urlOf(of, sha256);

export async function part(module, partId) {
  const of = await manifest(module);
  const entry = of?.parts.find((candidate) => candidate.id === partId);
  if (!entry) return null;
  const cached = await (await caches.open(CACHE)).match(urlOf(of, entry.file));
  if (!cached) {
    await markDamaged(module);
    return null;
  }
  return cached.json();
}

// Downloads that were under way, and whether the officer paused them.
export const downloads = () => device.all('downloads');

// Resolves with the last state: 'done', 'paused', 'full', 'offline', 'fault', 'damaged', 'newer-app', 'removed'.
export function download(entry) {
  if (running.has(entry.module)) return running.get(entry.module).promise;
  const job = {controller: new AbortController(), received: 0, size: entry.size};
  running.set(entry.module, job);
  job.promise = work(entry, job).finally(() => running.delete(entry.module));
  return job.promise;
}

export const progressOf = (module) => {
  const job = running.get(module);
  return job ? {received: job.received, size: job.size} : null;
};

export async function pause(module) {
  await device.update('downloads', module, () => ({paused: true}));
  running.get(module)?.controller.abort();
}

// Goes on with what was under way when the app was closed or the network went, unless it was paused or came damaged.
export async function resumeAll() {
  for (const row of await downloads()) if (!row.paused) download(row.entry);
}
on('status', ({online}) => online && resumeAll());

async function work(entry, job) {
  const tell = (state) => {
    emit('download', {module: entry.module, language: entry.language, received: job.received, size: job.size, state});
    return state;
  };
  try {
    await device.put('downloads', {module: entry.module, entry, paused: false});
    tell('running');
    // One tab at a time: two would write the same pieces.
    const alone = (fetching) =>
      navigator.locks ? navigator.locks.request(`elearning-edition-${entry.module}`, {signal: job.controller.signal}, fetching) : fetching();
    await alone(() => persevere(entry, job, tell));
    return tell('done');
  } catch (error) {
    return tell(await stateAfter(error, entry));
  }
}

async function persevere(entry, job, tell) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetchEdition(entry, job, tell);
    } catch (error) {
      if (!(error instanceof TypeError) || job.controller.signal.aborted || tries >= RETRY.length) throw error;
      tell(error instanceof Fault ? 'fault' : 'offline');
      await pauseFor(RETRY[tries], job.controller.signal);
    }
  }
}

async function stateAfter(error, {module}) {
  if (isFull(error)) {
    // The pieces give their room back to the answers.
    await device.remove('downloads', module);
    await sweep();
    return 'full';
  }
  if (error instanceof NewerApp) {
    await device.remove('downloads', module);
    return 'newer-app';
  }
  // Not fetched again by itself: on a paid line that would cost its size every minute.
  if (error instanceof Damaged) await device.update('downloads', module, () => ({paused: true, damaged: true}));
  if (error instanceof Damaged) return 'damaged';
  const row = await device.get('downloads', module);
  if (!row) return 'removed';
  if (row.paused) return 'paused';
  if (!(error instanceof Fault)) return 'offline';
  await device.update('downloads', module, () => ({fault: true}));
  return 'fault';
}

const pauseFor = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    for (const [target, name] of [[window, 'online'], [signal, 'abort']]) {
      target.addEventListener(name, () => (clearTimeout(timer), resolve()), {once: true});
    }
  });

const stopIf = ({aborted}) => {
  if (aborted) throw new DOMException('Paused or deleted', 'AbortError');
};

class Damaged extends Error {}

// Only a newer version of this app can read it.
class NewerApp extends Error {}

// The server was reached and could not give the file; tried again as a cut line is.
class Fault extends TypeError {}

async function fetchEdition(entry, job, tell) {
  const response = await fetch(entry.manifest, {credentials: 'omit', signal: job.controller.signal});
  if (!response.ok) throw new Fault(`status ${response.status}`);
  const of = await response.json();
  if (!readable(of)) throw new NewerApp(entry.manifest);
  job.size = of.size;
  await device.update('downloads', entry.module, () => ({files: of.files.map((file) => file.url)}));
  const cache = await caches.open(CACHE);
  const missing = [];
  job.received = 0;
  for (const file of of.files) {
    if (await cache.match(file.url)) job.received += file.size;
    else missing.push(file);
  }
  await roomFor(missing.reduce((sum, file) => sum + file.size, 0));
  for (const file of missing) {
    stopIf(job.controller.signal);
    await fetchFile(cache, file, job, tell);
  }
  stopIf(job.controller.signal);
  await install(of);
}

async function roomFor(bytes) {
  const {usage = 0, quota = Infinity} = (await navigator.storage?.estimate?.()) ?? {};
  if (usage + bytes > quota) throw new DOMException('No room for this module', 'QuotaExceededError');
}

async function fetchFile(cache, file, job, tell, again = true) {
  const before = job.received;
  await fetchPieces(file, job, tell);
  const pieces = await device.all('chunks', range(file.url));
  const blob = new Blob(pieces.map((piece) => piece.data), {type: file.type});
  if ((await digest(blob)) === file.sha256) {
    await cache.put(file.url, new Response(blob, {headers: {'Content-Type': file.type, 'Content-Length': String(blob.size)}}));
    await device.remove('chunks', range(file.url));
    return;
  }
  await device.remove('chunks', range(file.url));
  job.received = before;
  if (!again) throw new Damaged(file.url);
  await fetchFile(cache, file, job, tell, false);
}

const range = (url) => IDBKeyRange.bound([url, 0], [url, Infinity]);

async function digest(blob) {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// How many bytes of a file have arrived: the end of its last piece.
async function arrived(url) {
  const keys = await device.pieceKeys(range(url));
  if (!keys.length) return 0;
  const last = await device.get('chunks', keys[keys.length - 1]);
  return last.start + last.data.size;
}

async function fetchPieces(file, job, tell) {
  let at = await arrived(file.url);
  job.received += at;
  while (at < file.size) {
    const next = await fetchStretch(file, at, job, tell);
    // A file that ends early fails its hash; asking again would not end.
    if (next <= at) break;
    at = next;
  }
}

// Reads a stretch from the byte `at`, resolves with the byte after it. A server that does not answer with that range starts the
// file anew.
async function fetchStretch(file, at, job, tell) {
  const stall = new AbortController();
  stopIf(job.controller.signal);
  job.controller.signal.addEventListener('abort', () => stall.abort());
  let watch = setTimeout(() => stall.abort(), STALLED);
  const end = Math.min(at + STRETCH, file.size);
  // A file that is asked for whole may come compressed.
  const headers = at || end < file.size ? {Range: `bytes=${at}-${end - 1}`} : {};
  try {
    const response = await fetch(file.url, {headers, credentials: 'omit', cache: 'no-store', signal: stall.signal});
    if (!response.ok) throw new Fault(`status ${response.status}`);
    if (at && !(response.status === 206 && response.headers.get('Content-Range')?.startsWith(`bytes ${at}-`))) {
      await device.remove('chunks', range(file.url));
      job.received -= at;
      at = 0;
    }
    const reader = response.body.getReader();
    let pending = [];
    let length = 0;
    const keep = async () => {
      if (!length) return;
      // A blob lies on the disk; an array of bytes would be held in memory when the pieces are joined.
      const data = new Blob(pending);
      pending = [];
      length = 0;
      await device.put('chunks', {url: file.url, start: at, data});
      at += data.size;
    };
    try {
      for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        clearTimeout(watch);
        watch = setTimeout(() => stall.abort(), STALLED);
        pending.push(value);
        length += value.byteLength;
        job.received += value.byteLength;
        tell('running');
        if (length >= PIECE) await keep();
      }
    } finally {
      await keep();
    }
    return at;
  } catch (error) {
    // A stalled line is a cut line: tried again, unlike a pause.
    if (stall.signal.aborted && !job.controller.signal.aborted) throw new TypeError('stalled');
    throw error;
  } finally {
    clearTimeout(watch);
  }
}

async function install(of) {
  const row = {module: of.module, manifest: of, size: of.size, installed: Date.now()};
  if (!(await device.install(row))) throw new DOMException('Paused or deleted', 'AbortError');
  await sweep();
  navigator.storage?.persist?.();
}

// Deletes the files and pieces that no edition and no download on this tablet names.
async function sweep() {
  const named = new Set((await device.all('editions')).flatMap((row) => row.manifest.files.map((file) => file.url)));
  for (const row of await downloads()) for (const url of row.files ?? []) named.add(url);
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    if (!named.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  for (const key of await device.pieceKeys()) if (!named.has(key[0])) await device.remove('chunks', key);
}

export async function remove(module) {
  await device.remove('downloads', module);
  running.get(module)?.controller.abort();
  await device.remove('editions', module);
  await sweep();
  emit('download', {module, received: 0, size: 0, state: 'removed'});
}

// The browser may have cleared files behind our back: says so on the module instead of failing in the middle of a lesson.
export async function check() {
  const cache = await caches.open(CACHE);
  const present = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  for (const row of await device.all('editions')) {
    if (row.manifest.files.some((file) => !present.has(file.url))) await markDamaged(row.module);
  }
}

async function markDamaged(module) {
  const row = await device.get('editions', module);
  if (row && !row.damaged) await device.put('editions', {...row, damaged: true});
}

export async function space() {
  const {usage = 0, quota = 0} = (await navigator.storage?.estimate?.()) ?? {};
  const persisted = (await navigator.storage?.persisted?.()) ?? false;
  return {used: usage, free: Math.max(0, quota - usage), persisted};
}
