// Sends what waits, whoever is signed in, each officer's statements under that officer's own grant; fetches what the signed-in
// officer may see. Nothing leaves the outbox before the server has named it as stored.
import {FORMAT, NetworkError, Refused, request} from './api.js';
import {current, forgetToken, sessionToken} from './session.js';
import {device, emit, learner as store, on} from './store.js';

const BATCH = 100;
const EVERY = 60000;
const LONGEST = 600000;
const REPORT_EVERY = 300000;
const DAY = 86400000;
// `trouble`: why the last sending failed, 'network', 'busy' or 'fault', or null.
const state = {sending: false, online: navigator.onLine, full: false, failures: 0, trouble: null};
// Halved when a line is too slow for it, doubled when it is not.
let batch = BATCH;
let again = false;
let timer = null;
let snapshot = {waiting: 0, other: 0, mine: 0, aside: [], lastSent: null, evicted: null};

export const status = () => ({...snapshot, ...state});

// An answer is what the officer calls one; opening and finishing a lesson wait too, as `other`.
const isAnswer = (row) => row.verb === 'answered';

async function recount() {
  const rows = await device.waiting();
  const me = current()?.id;
  const lastSent = await device.get('meta', 'lastSent');
  snapshot = {
    waiting: rows.filter(isAnswer).length,
    other: rows.filter((row) => !isAnswer(row)).length,
    mine: rows.filter((row) => isAnswer(row) && row.learner === me).length,
    aside: (await device.all('aside')).filter((row) => row.learner === me).map(({id, reason, learner, at}) => ({id, reason, learner, at})),
    lastSent: lastSent ? new Date(lastSent) : null,
    evicted: await eviction(),
  };
  emit('status', status());
}

async function eviction() {
  const evicted = await device.get('meta', 'evicted');
  if (!evicted || evicted.read) return null;
  return {waiting: Object.values(evicted.lost).reduce((sum, n) => sum + n, 0)};
}

export async function evictionRead() {
  const evicted = await device.get('meta', 'evicted');
  if (evicted) await device.put('meta', {...evicted, read: true}, 'evicted');
  await recount();
}

export async function start() {
  on('outbox', (change) => {
    recount();
    if (!change?.queued) return;
    again = true;
    schedule(1000);
  });
  on('session', () => {
    recount();
    schedule(0);
  });
  // A sign-in that went ahead without the server has its new grant now.
  on('session-renewed', () => schedule(0));
  on('full', (full) => {
    state.full = full;
    emit('status', status());
  });
  addEventListener('online', () => wake(true));
  addEventListener('offline', () => wake(false));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && schedule(0));
  await recount();
  schedule(0);
}

function wake(online) {
  state.online = online;
  state.failures = 0;
  emit('status', status());
  if (online) schedule(0);
}

// With jitter, so that a room of tablets does not knock at the same moment when its server comes back.
function schedule(delay) {
  clearTimeout(timer);
  const backOff = Math.min(EVERY * 2 ** Math.max(0, state.failures - 1), LONGEST);
  const wait = delay ?? backOff * (0.5 + Math.random());
  timer = setTimeout(() => sendNow(), wait);
}

const alone = (work) =>
  navigator.locks ? navigator.locks.request('elearning-send', {ifAvailable: true}, (lock) => lock && work()) : work();

// One sending at a time on this tablet, also across tabs. What was set aside is tried again when the officer asks, and
// once a day.
export async function sendNow({asked = false} = {}) {
  if (state.sending) return status();
  state.sending = true;
  emit('status', status());
  try {
    await device.retryAside(asked ? Infinity : Date.now() - DAY);
    again = false;
    if (await alone(sendAll)) Object.assign(state, {failures: 0, online: true, trouble: null});
  } catch (error) {
    if (!(error instanceof NetworkError)) console.warn('Sending stopped:', error.name);
    const trouble = troubleOf(error);
    Object.assign(state, {failures: state.failures + 1, online: trouble === 'busy', trouble});
  } finally {
    state.sending = false;
    await recount();
    // Given while the sending was under way.
    schedule(nextDelay());
  }
  return status();
}

function troubleOf(error) {
  if (!(error instanceof NetworkError)) return 'fault';
  if (!error.status) return 'network';
  return error.status === 503 ? 'busy' : 'fault';
}

function nextDelay() {
  // When hundreds of tablets come back at once, the turn of each comes in seconds.
  if (state.trouble === 'busy') return Math.min(EVERY, 5000 * 2 ** (state.failures - 1)) * (0.5 + Math.random());
  return again && !state.failures ? 1000 : undefined;
}

// True when the server was reached. A server that fails for one officer is asked for the next one all the same.
async function sendAll() {
  let reached = false;
  let failure = null;
  for (const learner of await device.all('learners')) {
    if (!learner.grant || learner.grantRefused) continue;
    try {
      await sendFor(learner);
      reached = true;
    } catch (error) {
      if (!error.status) throw error;
      failure = error;
    }
  }
  if (failure) throw failure;
  await device.reserve();
  return reached;
}

async function sendFor(learner) {
  const rows = await device.waiting(learner.id);
  // The key goes before what is sealed with it.
  if (rows.length && (await device.get('meta', 'key')) && !learner.reported?.includes('"key"')) await report(learner, true).catch(unlessRefused);
  let first = 0;
  let passedOver = null;
  while (first < rows.length) {
    const some = rows.slice(first, first + batch);
    try {
      if (!(await sendBatch(learner, some))) return;
      batch = Math.min(BATCH, batch * 2);
    } catch (error) {
      // One statement that the server fails on stays here; the rest goes on without it.
      if (!error.status || some.length > 1 || passedOver) throw error;
      passedOver = error;
    }
    first += some.length;
  }
  await report(learner, rows.length > 0);
  if (rows.length && learner.id === current()?.id) emit('sent');
  if (passedOver) throw passedOver;
}

// A server that fails here may still take statements.
function unlessRefused(error) {
  if (!error.status) throw error;
}

// False when the grant is not taken any more: the answers stay until this officer signs in again.
async function sendBatch(learner, rows) {
  try {
    const headers = {'X-Experience-API-Version': '1.0.3', ...speaking(learner)};
    const body = rows.map((row) => row.statement);
    const stored = await request('/xapi/statements', {token: learner.grant, body, headers, timeout: 30000, gzip: true});
    if (!Array.isArray(stored)) throw new NetworkError('not an answer of our server');
    const named = new Set(stored);
    await device.sent(rows.map((row) => row.id).filter((id) => named.has(id)));
    return true;
  } catch (error) {
    if (error instanceof Refused) return refused(learner, rows, error);
    // A server that is busy (503) wants fewer requests, not smaller ones.
    if (error instanceof NetworkError && error.status !== 503) batch = Math.max(1, Math.floor(rows.length / 2));
    throw error;
  }
}

// A refusal is kept in the language of the officer it concerns, whoever holds the tablet now.
const speaking = ({language}) => (language ? {'Accept-Language': language} : {});

async function refused(learner, rows, error) {
  if (error.status === 401) {
    await refuseGrant(learner);
    return false;
  }
  if (error.status === 429) throw new NetworkError('later');
  if (rows.length === 1) {
    await device.setAside(rows[0], error.message);
    return true;
  }
  const middle = Math.ceil(rows.length / 2);
  return (await sendBatch(learner, rows.slice(0, middle))) && sendBatch(learner, rows.slice(middle));
}

// Only if it is still the same grant: the officer may have signed in anew meanwhile.
async function refuseGrant({id, grant}) {
  const now = await device.get('learners', id);
  if (now?.grant === grant) await device.updateLearner(id, {grantRefused: true});
}

// Tells the server what is still here, so that the trainer sees it; when something was sent, when it changed, or when five minutes have passed.
async function report(learner, sent) {
  const rows = await device.waiting(learner.id);
  const aside = (await device.all('aside')).filter((row) => row.learner === learner.id);
  const evicted = await device.get('meta', 'evicted');
  const key = await device.get('meta', 'key');
  const body = {
    device: (await device.self()).id,
    waiting: rows.filter(isAnswer).length,
    aside: aside.map(({id, reason}) => ({id, reason})),
    lost: evicted?.lost[learner.id] ? {[evicted.id]: evicted.lost[learner.id]} : {},
    // The public half of the key that seals attempts, once there is one (sitting/seal.js).
    ...(key ? {key: key.spki} : {}),
  };
  const text = JSON.stringify(body);
  const {reported, reportedAt = 0} = (await device.get('learners', learner.id)) ?? {};
  const news = reported ? reported !== text : Boolean(key) || body.waiting + body.aside.length + Object.keys(body.lost).length > 0;
  if (!news && !sent && Math.abs(Date.now() - reportedAt) < REPORT_EVERY) return;
  try {
    // The clock is no news: it always says something else.
    await request('/learn/api/contact', {token: learner.grant, body: {...body, clock: new Date().toISOString()}});
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return refuseGrant(learner);
    throw error;
  }
  await device.updateLearner(learner.id, {reported: text, reportedAt: Date.now()});
}

// What the server says of this officer's work, or what it last said.
export async function refresh() {
  const me = current();
  const asked = sessionToken();
  try {
    if (!asked) throw new NetworkError('no session');
    const answer = await request(`/learn/api/assignments?format=${FORMAT}`, {token: asked});
    if (current()?.id === me.id) await store.put('kept', answer, 'refreshed');
    return {...answer, offline: false};
  } catch (error) {
    if (error instanceof Refused && error.status === 401) forgetToken(asked);
    else if (!(error instanceof NetworkError || error instanceof Refused)) throw error;
    const kept = await store.get('kept', 'refreshed');
    return {assignments: [], progress: [], results: [], ...kept, offline: true};
  }
}

// This tablet's knowledge of a module joined with what the server last said, so that work done on another tablet counts too.
// `tests`: by part, {open: attempt or null, last: {state, scaled, passed} of the latest that was handed in, or null,
// best: {scaled, passed} of all that are marked as passed or not, or null}.
export async function moduleState(module) {
  const rows = await store.by('statements', 'module', module);
  const attempts = await store.by('attempts', 'module', module);
  const {progress = [], results = []} = (await store.get('kept', 'refreshed')) ?? {};
  const server = progress.find((row) => row.module === module);
  const lessons = new Set(rows.filter((row) => row.verb === 'completed' && !row.attempt).map((row) => row.object));
  for (const id of server?.lessons ?? []) lessons.add(id);
  const deciding = decidingResults(attempts, results.filter((row) => row.module === module));
  const best = Math.max(...deciding.map(({scaled}) => scaled), server?.score ?? -1);
  const passed = deciding.some((result) => result.passed) || server?.state === 'passed';
  const failed = deciding.length > 0 || server?.state === 'failed';
  const begun = rows.length > 0 || Boolean(server && server.state !== 'not-started');
  return {
    state: passed ? 'passed' : failed ? 'failed' : begun ? 'in-progress' : 'not-started',
    lessons,
    score: best < 0 ? null : best,
    tests: testsOf(attempts, results.filter((row) => row.module === module)),
    place: (await store.get('kept', `place-${module}`)) ?? null,
  };
}

// The rows of first versions of the app have tests of one kind, which decides.
const purposeOf = ({test}) => test.purpose ?? 'practice';
const decides = ({test}) => purposeOf({test}) === 'practice' && (test.decides ?? true);

function decidingResults(attempts, results) {
  const said = new Map(results.map((row) => [row.attempt, row]));
  const own = attempts.filter((row) => row.result && row.result.scaled !== null && decides(row) && !said.has(row.id));
  const practice = new Set(attempts.filter(decides).map(({id}) => id));
  const theirs = results.filter((row) => row.state === 'marked' && (row.purpose === 'graded' || practice.has(row.attempt)));
  return [...own.map(({result}) => ({scaled: result.scaled, passed: result.success})), ...theirs];
}

function testsOf(attempts, results) {
  const said = new Set(results.map((row) => row.attempt));
  const own = attempts.filter((row) => row.handedIn && !said.has(row.id)).map(({part, handedIn, result}) => ({
    test: part,
    handed_in: handedIn,
    state: result && result.scaled !== null ? 'marked' : 'handed-in',
    scaled: result?.scaled ?? null,
    passed: result?.success ?? null,
  }));
  const closed = [...own, ...results].sort((a, b) => Date.parse(a.handed_in) - Date.parse(b.handed_in));
  const tests = new Map();
  for (const row of closed) tests.set(row.test, {open: null, last: row, best: better(tests.get(row.test)?.best, row)});
  for (const {id, part, handedIn} of attempts) if (!handedIn) tests.set(part, {last: null, best: null, ...tests.get(part), open: id});
  return tests;
}

function better(best, {state, scaled, passed}) {
  if (state !== 'marked' || passed === null) return best ?? null;
  return {passed: passed || Boolean(best?.passed), scaled: Math.max(scaled, best?.scaled ?? scaled)};
}
