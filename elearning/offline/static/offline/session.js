// Who is signed in on this tablet. Online the server decides; without a network the verifier kept here does.
import {NetworkError, Refused, request} from './api.js';
import {device, emit, learner as ownStore} from './store.js';

const KEY = 'elearning-session';
const FREE_TRIES = 3;
const LONGEST_WAIT = 300;
const SIGN_IN_TIMEOUT = 5000;

export class SignInError extends Error {
  constructor(code, seconds) {
    super(code);
    this.code = code;
    this.seconds = seconds;
  }
}

let learner = null;
let token = null;

export const current = () => learner;
export const sessionToken = () => token;

export async function knownLearners() {
  const rows = await device.all('learners');
  return rows
    .filter((row) => row.username)
    .sort((a, b) => (b.used ?? 0) - (a.used ?? 0))
    .map(pick);
}

const pick = ({id, name, username, language}) => ({id, name, username, language});

// `chosen`: the id of the officer whose name was tapped; a user name alone identifies nobody for long.
export async function signIn(username, password, chosen = null) {
  const {id} = await device.self();
  const known = (await device.all('learners')).find((row) => (chosen ? row.id === chosen : same(row.username, username)));
  if (known) checkWait(known);
  const body = {username: known?.username ?? username.trim(), password, device: id};
  const asked = request('/learn/api/sign-in', {body, timeout: SIGN_IN_TIMEOUT});
  let fault = null;
  const first = known?.verifier ? await soon(asked) : null;
  // A line that hangs must not keep out an officer whom this tablet knows.
  if (first === LATE && (await opensHere(known, password))) {
    asked.then((answer) => late(answer, password)).catch(() => {});
    return {learner, offline: true};
  }
  try {
    const answer = await asked;
    await remember(answer, password);
    enter(answer.learner, answer.session);
    return {learner, offline: false};
  } catch (error) {
    if (error instanceof Refused) return refused(error, known, password);
    if (!(error instanceof NetworkError)) throw error;
    fault = error.status;
  }
  if (!known?.verifier) throw new SignInError(fault ? 'server' : 'not-known-here');
  // The late check above has already said no to this very password.
  if (first === LATE || !(await opensHere(known, password))) throw new SignInError('wrong-credentials');
  return {learner, offline: true};
}

const LATE = Symbol('late');
const PATIENCE = 1500;

const soon = (asked) =>
  Promise.race([asked.catch((error) => error), new Promise((resolve) => setTimeout(resolve, PATIENCE, LATE))]);

// The server's answer to a sign-in that went ahead without it.
async function late(answer, password) {
  await remember(answer, password);
  if (learner?.id !== answer.learner.id) return;
  token = answer.session;
  touch();
  emit('session-renewed');
}

const same = (a, b) => Boolean(a) && a.toLowerCase() === b.trim().toLowerCase();

async function refused(error, known, password) {
  // The server's lock is for guessers elsewhere; an officer whom this tablet knows is checked here, with this tablet's own waits.
  if (error.status === 429 && known?.verifier && (await opensHere(known, password))) return {learner, offline: true};
  if (error.status === 429) throw new SignInError('wait', 900);
  if (error.status !== 401) throw new SignInError('server');
  if (known) await countTry(known);
  throw new SignInError('wrong-credentials');
}

// Counted before the check, so that killing the app in the middle does not give a free try.
async function opensHere(known, password) {
  await countTry(known);
  const session = await unseal(password, known);
  if (session === null) return false;
  await device.updateLearner(known.id, {tries: 0, used: Date.now()});
  enter(pick(known), session);
  return true;
}

async function remember(answer, password) {
  const {id, username} = answer.learner;
  const secrets = await seal(password, answer.session);
  // A user name that was given to somebody else belongs to nobody before.
  for (const row of await device.all('learners')) {
    if (row.id !== id && same(row.username, username)) await device.updateLearner(row.id, {username: ''});
  }
  await device.updateLearner(id, {
    ...answer.learner,
    ...secrets,
    grant: answer.grant,
    grantRefused: false,
    tries: 0,
    used: Date.now(),
    // The sign-in was a contact: the next report is due when there is something to say.
    reportedAt: Date.now(),
  });
}

// After three wrong tries the wait doubles, up to five minutes; nothing is ever wiped.
const countTry = ({id}) => device.update('learners', id, ({tries = 0}) => ({tries: tries + 1, triedAt: Date.now()}));

function checkWait({tries = 0, triedAt = 0}) {
  if (tries < FREE_TRIES) return;
  const wait = Math.min(2 ** (tries - FREE_TRIES), LONGEST_WAIT);
  const passed = (Date.now() - triedAt) / 1000;
  // A clock that was set back makes `passed` negative: the whole wait is asked for, once more and no longer.
  const left = Math.ceil(passed < 0 ? wait : wait - passed);
  if (left <= 0) return;
  throw new SignInError('wait', left);
}

function enter(who, session) {
  learner = pick(who);
  token = session;
  ownStore.open(learner.id);
  touch();
  emit('session', learner);
}

// Kept for this tab only, so that a page which the system put to sleep comes back where it was.
export function touch() {
  if (learner) sessionStorage.setItem(KEY, JSON.stringify({learner, token, active: Date.now()}));
}

// Comes back after a reload, unless the tablet lay idle for longer than `idleMinutes`.
export function restore(idleMinutes) {
  const stored = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  if (!stored) return null;
  const idle = (Date.now() - stored.active) / 60000;
  if (idle < 0 || idle > idleMinutes) {
    sessionStorage.removeItem(KEY);
    return null;
  }
  learner = stored.learner;
  token = stored.token;
  ownStore.open(learner.id);
  return learner;
}

function leave() {
  const who = learner;
  learner = null;
  token = null;
  sessionStorage.removeItem(KEY);
  ownStore.close();
  emit('session', null);
  return who;
}

export const lock = () => leave();

// Signing out in one tab ends this officer's pages in every other tab.
const tabs = new BroadcastChannel('elearning-signed-out');
tabs.onmessage = ({data}) => learner?.id === data && emit('lock', 'elsewhere');

export async function signOut() {
  const rows = learner ? await device.waiting(learner.id) : [];
  const waiting = rows.filter((row) => row.verb === 'answered').length;
  tabs.postMessage(learner?.id ?? null);
  leave();
  return {waiting, other: rows.length - waiting};
}

// The server no longer takes this session token (it expired): reading needs a new sign-in, writing does not.
export function forgetToken(refused) {
  if (token !== refused) return;
  token = null;
  touch();
}

export async function setLanguage(code) {
  if (!learner) return;
  learner = {...learner, language: code};
  touch();
  await device.updateLearner(learner.id, {language: code});
  if (token) await request('/learn/api/language', {token, body: {language: code}}).catch(() => {});
}

// A password is checked with no network, and the session token sealed under it. PBKDF2-SHA256 makes a master key; HKDF makes
// of that a verifier, which is kept, and an AES-GCM key, which never is (docs/decisions/0001-tokens-instead-of-cookies.md).

const ITERATIONS = 310000;

const bytes = (text) => new TextEncoder().encode(text);

async function derive(password, salt, iterations) {
  const raw = await crypto.subtle.importKey('raw', bytes(password), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({name: 'PBKDF2', hash: 'SHA-256', salt, iterations}, raw, 256);
  const master = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const hkdf = (info) => ({name: 'HKDF', hash: 'SHA-256', salt, info: bytes(info)});
  return {
    verifier: new Uint8Array(await crypto.subtle.deriveBits(hkdf('verifier'), master, 256)),
    key: await crypto.subtle.deriveKey(hkdf('session'), master, {name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']),
  };
}

const sameBytes = (a, b) => a.length === b.length && a.reduce((different, byte, i) => different | (byte ^ b[i]), 0) === 0;

// {salt, iterations, verifier, sealed}: what the tablet keeps of a sign-in.
async function seal(password, session) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const {verifier, key} = await derive(password, salt, ITERATIONS);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = new Uint8Array(await crypto.subtle.encrypt({name: 'AES-GCM', iv}, key, bytes(session)));
  return {salt, iterations: ITERATIONS, verifier, sealed: {iv, data}};
}

// The session token when the password is right, null when it is not.
async function unseal(password, {salt, iterations, verifier, sealed}) {
  const derived = await derive(password, salt, iterations);
  if (!sameBytes(derived.verifier, verifier)) return null;
  const data = await crypto.subtle.decrypt({name: 'AES-GCM', iv: sealed.iv}, derived.key, sealed.data);
  return new TextDecoder().decode(data);
}
