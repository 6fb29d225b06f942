// The only file that opens IndexedDB, and the events by which the parts of the app tell each other of a change. One file, because
// every file costs a round trip before the sign-in page (docs/decisions/0004-fifteen-requests.md).
import {openDB} from '../vendor/idb.js';

// Events: status, download, update, session, outbox, full, language, preferences, lock (with the reason), title.
const target = new EventTarget();

export function on(name, callback) {
  const listener = (event) => callback(event.detail);
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}

export const emit = (name, detail) => target.dispatchEvent(new CustomEvent(name, {detail}));

// A database that survives a dead connection: a handle that the browser has closed is dropped, the database opened anew and
// the work tried once more. Every write here is a put or a delete by key, so trying again never doubles anything.
const DEAD = ['InvalidStateError', 'UnknownError', 'AbortError'];

export const isFull = (error) => Boolean(error) && (error.name === 'QuotaExceededError' || error.inner?.name === 'QuotaExceededError');

function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It was over already.
  }
}

function database(name, version, upgrade) {
  let opened = null;
  const forget = () => {
    opened = null;
  };
  const open = () => {
    opened ??= openDB(name, version, {
      upgrade,
      blocking: () => opened?.then((db) => db.close()).finally(forget),
      terminated: forget,
    }).catch((error) => {
      forget();
      throw error;
    });
    return opened;
  };

  async function run(work) {
    try {
      return await work(await open());
    } catch (error) {
      if (isFull(error) || !DEAD.includes(error?.name)) throw error;
      forget();
      return work(await open());
    }
  }

  return {
    run,
    // Strict: the promise resolves after the bytes are on the disk, not in a buffer of the system.
    write: (stores, work) =>
      run(async (db) => {
        const tx = db.transaction(stores, 'readwrite', {durability: 'strict'});
        try {
          const result = await work(tx);
          await tx.done;
          return result;
        } catch (error) {
          tx.done.catch(() => {});
          if (!tx.error) abort(tx);
          throw tx.error ?? error;
        }
      }),
    close: async () => {
      const db = await opened?.catch(() => null);
      db?.close();
      forget();
    },
  };
}

const tables = (named, indexes = {}) => (opened) => {
  for (const [name, options] of Object.entries(named)) {
    const table = opened.createObjectStore(name, options);
    for (const index of indexes[name] ?? []) table.createIndex(index, index);
  }
};

// What the tablet knows whoever is signed in: itself, the officers known here, the outbox, editions.

const shared = database(
  'elearning-device',
  1,
  tables({
    meta: {},
    learners: {keyPath: 'id'},
    outbox: {keyPath: 'id'},
    aside: {keyPath: 'id'},
    editions: {keyPath: 'module'},
    downloads: {keyPath: 'module'},
    chunks: {keyPath: ['url', 'start']},
  }),
);
// Only what must never be lost may use the reserve; a download may not.
const ESSENTIAL = ['meta', 'learners', 'outbox', 'aside'];
const RESERVE_BYTES = 1024 * 1024;
const COOKIE = 'elearning-tablet';
let identity = null;

export const uuid = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

// When the disk is full, the reserve is given up once, so that an answer still finds room.
async function guarded(work) {
  try {
    return await work();
  } catch (error) {
    if (!isFull(error)) throw error;
    emit('full', true);
    const reserved = await device.get('meta', 'reserve').catch(() => null);
    if (!reserved) throw error;
    await device.remove('meta', 'reserve');
    return work();
  }
}

function readMarker() {
  const value = document.cookie.split('; ').find((part) => part.startsWith(`${COOKIE}=`));
  if (!value) return null;
  const [id, ...counts] = value.slice(COOKIE.length + 1).split('|');
  const waiting = Object.fromEntries(counts.map((pair) => pair.split(':')).map(([learner, n]) => [learner, Number(n)]));
  return {id, waiting};
}

// The marker lives in a cookie because the browser clears databases and caches together but keeps cookies.
// It holds ids and counts, no names.
async function mark() {
  const {id} = await device.self();
  const counts = {};
  for (const row of await device.all('outbox')) if (row.verb === 'answered') counts[row.learner] = (counts[row.learner] ?? 0) + 1;
  const parts = [id, ...Object.entries(counts).map(([learner, n]) => `${learner}:${n}`)];
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${COOKIE}=${parts.join('|')}; path=/learn/; max-age=31536000; samesite=strict${secure}`;
}

// The other tabs of this tablet hear of it too, so that no status line is left behind.
const tabs = new BroadcastChannel('elearning-outbox');
tabs.onmessage = () => emit('outbox');

async function outboxChanged(queued = false) {
  await mark();
  emit('outbox', {queued});
  tabs.postMessage('changed');
}

export const device = {
  get: (table, key) => shared.run((db) => db.get(table, key)),
  all: (table, range) => shared.run((db) => db.getAll(table, range)),
  remove: (table, key) => shared.write([table], (tx) => tx.objectStore(table).delete(key)),

  put(table, value, key) {
    const work = () => shared.write([table], (tx) => tx.objectStore(table).put(value, key));
    return ESSENTIAL.includes(table) ? guarded(work) : work();
  },

  // What is in `meta` under this name already, perhaps from another tab; else `value`, from now on.
  first: (name, value) =>
    guarded(() =>
      shared.write(['meta'], async (tx) => {
        const other = await tx.store.get(name);
        if (other === undefined) await tx.store.put(value, name);
        return other ?? value;
      }),
    ),

  // This tablet: {id}. When the cookie remembers a tablet that the database does not, the browser has cleared the
  // storage: the id is kept, and `evicted` says how many answers had not been sent, by officer.
  self() {
    identity ??= this.identify().catch((error) => {
      identity = null;
      throw error;
    });
    return identity;
  },

  async identify() {
    const stored = await this.get('meta', 'device');
    if (stored) return stored;
    const remembered = readMarker();
    const made = {id: remembered?.id ?? uuid()};
    const found = await guarded(() =>
      shared.write(['meta'], async (tx) => {
        // Another tab may have been first.
        const other = await tx.store.get('device');
        if (other) return other;
        await tx.store.put(made, 'device');
        if (remembered) await tx.store.put({id: uuid(), lost: remembered.waiting, read: false}, 'evicted');
        return made;
      }),
    );
    identity = found;
    await mark();
    return found;
  },

  // The reserve is taken again once there is room: 1 MB, about a thousand answers. Random bytes, because the browser
  // compresses what it stores.
  async reserve() {
    const taken = await shared.run((db) => db.count('meta', 'reserve'));
    const bytes = new Uint8Array(RESERVE_BYTES);
    for (let at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    try {
      if (!taken) await shared.write(['meta'], (tx) => tx.store.put(bytes, 'reserve'));
      emit('full', false);
    } catch (error) {
      if (!isFull(error)) throw error;
      emit('full', true);
    }
  },

  async queue(rows) {
    await guarded(() => shared.write(['outbox'], (tx) => Promise.all(rows.map((row) => tx.store.put(row)))));
    await outboxChanged(true);
  },

  async sent(ids) {
    await shared.write(['outbox', 'meta'], (tx) =>
      Promise.all([
        ...ids.map((id) => tx.objectStore('outbox').delete(id)),
        tx.objectStore('meta').put(Date.now(), 'lastSent'),
      ]),
    );
    await outboxChanged();
  },

  async setAside(row, reason) {
    await guarded(() =>
      shared.write(['outbox', 'aside'], (tx) =>
        Promise.all([tx.objectStore('outbox').delete(row.id), tx.objectStore('aside').put({...row, reason, at: Date.now()})]),
      ),
    );
    await outboxChanged();
  },

  // Another try: the server may have been mended since. `before`: only those set aside before that time.
  async retryAside(before) {
    const rows = (await this.all('aside')).filter((row) => row.at < before);
    if (!rows.length) return;
    await shared.write(['outbox', 'aside'], (tx) =>
      Promise.all(
        rows.flatMap(({reason: _reason, at: _at, ...row}) => [
          tx.objectStore('aside').delete(row.id),
          tx.objectStore('outbox').put(row),
        ]),
      ),
    );
    await outboxChanged(true);
  },

  // `change` of what the row is now; nothing when it has gone meanwhile.
  update: (table, key, change) =>
    guarded(() =>
      shared.write([table], async (tx) => {
        const row = await tx.store.get(key);
        if (row) await tx.store.put({...row, ...change(row)});
      }),
    ),

  // The new edition takes the old one's place, unless the download was paused or deleted meanwhile; whether it did.
  install: (row) =>
    shared.write(['editions', 'downloads'], async (tx) => {
      const job = await tx.objectStore('downloads').get(row.module);
      if (!job || job.paused) return false;
      await tx.objectStore('editions').put(row);
      await tx.objectStore('downloads').delete(row.module);
      return true;
    }),

  // The pieces of one file that have arrived: the keys of all of them, or their data.
  pieceKeys: (range) => shared.run((db) => db.getAllKeys('chunks', range)),

  async installed() {
    return (await this.all('editions')).map(({module, manifest, size, damaged}) => ({
      module,
      language: manifest.language,
      version: manifest.version,
      format: manifest.format,
      heading: manifest.heading,
      size,
      parts: manifest.parts,
      damaged: Boolean(damaged),
    }));
  },

  // In the order in which they were given.
  async waiting(owner) {
    const rows = (await this.all('outbox')).filter((row) => !owner || row.learner === owner);
    return rows.sort((a, b) => a.order - b.order);
  },

  updateLearner: (id, change) =>
    guarded(() =>
      shared.write(['learners'], async (tx) => {
        const row = (await tx.store.get(id)) ?? {id};
        await tx.store.put({...row, ...change});
      }),
    ),
};

// One officer's own database: statements, attempts, places, what the server last said. Opened at sign-in, closed when the
// officer leaves; nothing here is readable through another officer's pages.

let own = null;
let owner = null;

// The officer left while something was still under way for them.
export class SignedOut extends Error {}

const opened = () => {
  if (!own) throw new SignedOut('Nobody is signed in');
  return own;
};

export const learner = {
  open(id) {
    if (owner === id) return;
    this.close();
    owner = id;
    const named = {statements: {keyPath: 'id'}, attempts: {keyPath: 'id'}, kept: {}};
    const indexes = {statements: ['module', 'part'], attempts: ['module', 'part']};
    own = database(`elearning-learner-${id}`, 1, tables(named, indexes));
  },

  close() {
    own?.close();
    own = null;
    owner = null;
  },

  get: (table, key) => opened().run((db) => db.get(table, key)),
  all: (table) => opened().run((db) => db.getAll(table)),
  by: (table, index, value) => opened().run((db) => db.getAllFromIndex(table, index, value)),

  put(table, value, key) {
    return this.write([table], (tx) => tx.store.put(value, key));
  },

  // One strict transaction over the named tables; when the disk is full the device's reserve is used.
  write(named, work) {
    const mine = opened();
    return guarded(() => mine.write(named, work));
  },
};
