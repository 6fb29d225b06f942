// The entry of the learner's app: settings of the tablet, the frame around every page, routes, the idle lock.
// The players, downloads and the service worker load after the first page stands.
import {html, nothing, render} from '../vendor/lit-html.js';
import * as i18n from './i18n.js';
import * as session from './session.js';
import {SignedOut, device, learner, on} from './store.js';
import {gettext, interpolate, ngettext} from './i18n.js';

const ROUTES = [
  ['home', /^#?\/?$/, () => import('./views/home.js')],
  ['module', /^#\/module\/([\w-]+)$/, () => import('./views/module.js')],
  ['lesson', /^#\/module\/([\w-]+)\/lesson\/([\w-]+)$/, () => import('./views/lesson.js')],
  ['test', /^#\/module\/([\w-]+)\/test\/([\w-]+)$/, () => import('./views/test.js')],
  ['tablet', /^#\/tablet$/, () => import('./views/tablet.js')],
  ['settings', /^#\/settings$/, () => import('./views/settings.js')],
];
const PLACE_OWNER = 'elearning-place-owner';
const IDLE_MINUTES = 10;
const IDLE_LOOK = 15000;

const state = {name: null, status: null, update: false, bridge: null, sync: null, chosen: null, locked: null, reason: null, left: null};
let cleanup = null;
let turn = 0;
let active = Date.now();

const idleMinutes = () => Number(localStorage.getItem('idle-minutes') ?? IDLE_MINUTES);

function applyPreferences() {
  const root = document.documentElement;
  const set = (name, value) => (value ? root.setAttribute(name, value) : root.removeAttribute(name));
  set('data-theme', localStorage.getItem('theme'));
  set('data-size', localStorage.getItem('text-size'));
}

// The frame

function statusText({waiting, other, aside, lastSent, sending}) {
  const parts = [gettext('On this tablet')];
  if (waiting && sending) parts.push(interpolate(ngettext('sending %(count)s answer', 'sending %(count)s answers', waiting), {count: waiting}));
  else if (waiting) parts.push(interpolate(ngettext('%(count)s answer to send', '%(count)s answers to send', waiting), {count: waiting}));
  else if (other) parts.push(gettext('progress to send'));
  else if (lastSent) parts.push(gettext('everything is sent'));
  else parts.push(gettext('nothing to send'));
  if (aside.length) parts.push(interpolate(ngettext('%(count)s answer set aside', '%(count)s answers set aside', aside.length), {count: aside.length}));
  if (lastSent) parts.push(interpolate(gettext('last sent %(when)s'), {when: i18n.formatDateTime(lastSent)}));
  return parts.join(' · ');
}

function statusLine() {
  const text = state.status ? statusText(state.status) : gettext('On this tablet');
  const me = session.current();
  return html`<section class="status-line" id="status" aria-label=${gettext('Sending')}>
    <div class="wrap">
      ${me ? html`<a href="#/tablet" data-status>${text}</a><span>${me.name}</span>` : html`<span data-status>${text}</span>`}
    </div>
  </section>`;
}

function notices() {
  const {full, evicted} = state.status ?? {};
  return html`
    ${evicted ? evictedNotice(evicted.waiting) : nothing}
    ${full
      ? html`<div class="notice warn" role="status" data-notice="full">
          <p><strong>${gettext('The storage of this tablet is full.')}</strong>
          ${gettext('What is marked as saved is safe. To make room, open "My tablet" and delete a module you have finished.')}</p>
        </div>`
      : nothing}
    ${state.update && state.name !== 'test'
      ? html`<div class="notice" role="status" data-notice="update">
          <p>${gettext('A new version of this app is ready. Your answers stay on this tablet.')}</p>
          <button class="button" @click=${() => state.bridge.applyUpdate()}>${gettext('Update now')}</button>
        </div>`
      : nothing}`;
}

const evictedNotice = (lost) => html`<div class="notice bad" role="alert" data-notice="evicted">
  <p><strong>${gettext("The browser cleared this app's storage on this tablet.")}</strong>
  ${lost
    ? interpolate(ngettext('%(count)s answer had not been sent and is lost.', '%(count)s answers had not been sent and are lost.', lost), {count: lost})
    : gettext('Everything had been sent, so no answer is lost.')}
  ${gettext('Sign in with a network and download your modules again.')}</p>
  <button class="button" @click=${() => state.sync.evictionRead()}>${gettext('I have read this')}</button>
</div>`;

const link = (name, href, text) =>
  html`<a href=${href} aria-current=${state.name === name ? 'page' : nothing}>${text}</a>`;

const bar = () => html`<header class="bar">
  <div class="bar-inner">
    <a class="brand" href="#/">${gettext('E-learning')}</a>
    ${session.current()
      ? html`<nav aria-label=${gettext('Main')}>
            ${link('home', '#/', gettext('Home'))} ${link('tablet', '#/tablet', gettext('My tablet'))}
            ${link('settings', '#/settings', gettext('Settings'))}
          </nav>
          <button @click=${() => leave(session.signOut)}>${gettext('Sign out')}</button>`
      : nothing}
  </div>
</header>`;

function frame() {
  const app = document.getElementById('app');
  if (!main()?.isConnected || main().hasAttribute('aria-busy')) app.replaceChildren();
  const skip = (event) => {
    event.preventDefault();
    main().focus();
  };
  render(
    html`<a class="skip" href="#main" @click=${skip}>${gettext('Skip to the content')}</a>
      ${bar()} ${statusLine()}
      <div class="wrap narrow notices stack">${notices()}</div>
      <main id="main" class="wrap narrow" tabindex="-1"></main>`,
    app,
  );
}

const main = () => document.getElementById('main');

// Routes. A page is made beside the old one and takes its place when it stands, so nothing blinks.

function find() {
  for (const [name, pattern, load] of ROUTES) {
    const found = pattern.exec(location.hash);
    if (found) return {name, load, params: {module: found[1], part: found[2]}};
  }
  return {name: 'home', load: ROUTES[0][2], params: {}};
}

function target() {
  if (session.current()) return find();
  const params = {locked: state.locked, reason: state.reason, left: state.left, choose: chooseLanguage};
  return {name: 'sign-in', load: () => import('./views/sign-in.js'), params};
}

// Every place in the history belongs to the officer who opened it: Back never leads the next one there.
function ownPlace() {
  const me = session.current();
  if (!me) return;
  const {owner = me.id} = history.state ?? {};
  history.replaceState({owner: me.id}, '', owner === me.id ? null : '#/');
}

async function route() {
  const mine = (turn += 1);
  ownPlace();
  const {name, load, params} = target();
  await finishPage();
  const host = document.createElement('div');
  let done = null;
  try {
    done = await (await load()).show(host, params);
  } catch (error) {
    // leave() is about to show the sign-in page.
    if (error instanceof SignedOut) return;
    console.error(error);
    broken(host);
  }
  if (mine !== turn) return done?.();
  cleanup = done ?? null;
  state.name = name;
  frame();
  main().replaceChildren(host);
  scrollTo(0, 0);
  focusHeading(host);
  host.dispatchEvent(new CustomEvent('shown'));
}

async function finishPage() {
  const finish = cleanup;
  cleanup = null;
  await finish?.();
}

function focusHeading(host) {
  const heading = host.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1;
  setTitle(heading.textContent.trim());
  heading.focus({preventScroll: true});
}

const setTitle = (text) => {
  document.title = `${text} · ${gettext('E-learning')}`;
};

function broken(host) {
  render(
    html`<div class="stack">
      <h1>${gettext('This page could not be opened')}</h1>
      <p>${gettext('What you answered is safe on this tablet. Go back and try again; if it happens again, delete the module and download it once more.')}</p>
      <a class="button button-primary" href="#/">${gettext('Home')}</a>
    </div>`,
    host,
  );
}

// Coming and going

// `reason`: why the app is locked, as the sign-in page names them.
async function leave(how, reason = null) {
  const who = session.current();
  if (!who) return;
  await finishPage();
  main().replaceChildren();
  const left = await how();
  state.locked = how === session.lock ? who : null;
  state.reason = reason;
  state.left = how === session.signOut ? left : null;
  // Whoever signs in next begins at home; a lock keeps the place.
  if (how === session.signOut) history.replaceState(null, '', '#/');
  await i18n.setLanguage(i18n.deviceLanguage());
  await route();
}

async function entered(who) {
  const owner = sessionStorage.getItem(PLACE_OWNER);
  sessionStorage.setItem(PLACE_OWNER, who.id);
  // The next officer does not land on the page of the one before; a link from the catalogue is nobody's place.
  const linked = !owner && find().name === 'module';
  if (owner !== who.id && !linked) history.replaceState(null, '', '#/');
  state.locked = state.left = null;
  active = Date.now();
  const wanted = state.chosen ?? who.language;
  if (wanted) await i18n.setLanguage(wanted);
  if (state.chosen) session.setLanguage(state.chosen);
  state.chosen = null;
  await route();
  if (state.name !== 'home') await install();
}

// From the picker: the whole tablet's language before sign-in, the officer's own after it.
async function chooseLanguage(code) {
  const done = await i18n.setLanguage(code);
  if (!done) return false;
  i18n.keepOnDevice(code);
  if (session.current()) session.setLanguage(code);
  else state.chosen = code;
  await route();
  return true;
}

function watchIdle() {
  let touched = 0;
  const moved = () => {
    active = Date.now();
    if (active - touched < IDLE_LOOK) return;
    touched = active;
    session.touch();
  };
  for (const name of ['pointerdown', 'keydown', 'scroll', 'timeupdate']) document.addEventListener(name, moved, {capture: true, passive: true});
  // Away for longer than allowed, or a clock that was set back meanwhile: nobody knows for how long.
  const away = () => (Date.now() < active ? 'clock' : Date.now() - active > idleMinutes() * 60000 ? 'idle' : null);
  const look = () => session.current() && away() && leave(session.lock, away());
  setInterval(look, IDLE_LOOK);
  // A tablet that slept for an hour shows nothing of the page it had before it is locked.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
}

// After the first page stands. The service worker fetches all that is left of the app, once an officer is at home here: a
// sign-in page that is only looked at costs nothing more.
async function loadTheRest() {
  // First of all: it is here that a tablet whose storage was cleared is noticed.
  await device.self();
  state.sync = await import('./sync.js');
  await state.sync.start();
  on('at-home', install);
  if (session.current()) await install();
}

async function install() {
  await takeUp();
  if (state.bridge) return;
  const manifest = Object.assign(document.createElement('link'), {rel: 'manifest', href: '/manifest.webmanifest'});
  document.head.append(manifest);
  try {
    state.bridge = await import('./bridge.js');
    await state.bridge.register();
  } catch (error) {
    // A line that is cut just now; the next page at home tries again.
    console.warn('No service worker:', error.name);
  }
}

// What a kill or a cut left half done.
async function takeUp() {
  const me = session.current();
  if (me && (await learner.all('statements')).some((row) => !row.queued)) await (await import('./record.js')).requeue();
  if (me && (await learner.all('attempts')).some((row) => !row.handedIn && row.test.minutes)) await (await import('./sitting/overdue.js')).handInOverdue();
  if ((await device.all('downloads')).length) await (await import('./editions.js')).resumeAll();
}

async function boot() {
  applyPreferences();
  on('status', (status) => {
    state.status = status;
    frame();
  });
  on('update', () => {
    state.update = true;
    frame();
  });
  on('preferences', applyPreferences);
  on('language', ({code, done}) => chooseLanguage(code).then(done));
  on('lock', (reason) => leave(session.lock, reason));
  on('title', setTitle);
  const who = session.restore(idleMinutes());
  await i18n.setLanguage(who?.language || i18n.deviceLanguage());
  if (who) sessionStorage.setItem(PLACE_OWNER, who.id);
  on('session', (learner) => learner && entered(learner));
  history.scrollRestoration = 'manual';
  addEventListener('hashchange', route);
  addEventListener('unhandledrejection', (event) => event.reason instanceof SignedOut && event.preventDefault());
  await route();
  watchIdle();
  await loadTheRest();
}

boot();
