// Home: the one next step, then what else was assigned, then what else is offered.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {FORMAT, readable, request} from '../api.js';
import {current} from '../session.js';
import {device, emit, learner, on} from '../store.js';
import {moduleState, refresh} from '../sync.js';
import {formatSize, gettext, interpolate, language, needFonts, ngettext} from '../i18n.js';
import {downloadBox, due, foreign, languageName, linkTo, minutes, newerApp, nextPart, pick, stateOf} from './parts.js';

const FINISHED = 'passed';
const AGAIN = 2000;

// Downloads are not needed before the page stands: their engine comes with the rest of the app, or with the first tap.
const load = () => import('../editions.js');

// It comes by the line that may be cut just now, so it is asked for until it is here.
const engine = (onFailure) =>
  load().catch(async (error) => {
    if (!(error instanceof TypeError)) throw error;
    onFailure?.();
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    return engine(onFailure);
  });

// One entry a module: what is assigned, offered and installed, joined.
async function gather({assignments}, offered) {
  const installed = new Map((await device.installed()).map((row) => [row.module, row]));
  const jobs = new Map((await device.all('downloads')).map((row) => [row.module, row]));
  const {progressOf} = jobs.size ? await load().catch(() => ({})) : {};
  const rows = new Map();
  for (const assignment of assignments) {
    const before = rows.get(assignment.module);
    if (!before || earlier(assignment.due, before.due)) rows.set(assignment.module, {...assignment, assigned: true});
  }
  for (const entry of offered) {
    const row = rows.get(entry.module) ?? {module: entry.module, editions: [], due: null, assigned: false};
    if (!row.assigned) row.editions.push(entry);
    rows.set(entry.module, row);
  }
  for (const [module, edition] of installed) {
    if (!rows.has(module)) rows.set(module, {module, editions: [], due: null, assigned: false, heading: edition.heading});
  }
  return Promise.all([...rows.values()].map(async (row) => joined(row, installed.get(row.module), jobs.get(row.module), progressOf)));
}

const earlier = (a, b) => Boolean(a) && (!b || a < b);

async function joined(row, installed, job, progressOf) {
  const open = row.editions.filter(readable);
  const entry = pick(open);
  // The app may be older than what is offered, and even than what lies here.
  const wanted = installed ? newer(installed, row.editions) : pick(row.editions);
  if (installed) needFonts(installed.language);
  const progress = progressOf?.(row.module);
  return {
    ...row,
    entry,
    installed,
    heading: installed?.heading ?? wanted?.heading ?? row.heading,
    language: installed?.language ?? wanted?.language,
    learned: await moduleState(row.module),
    job: job && {state: progress ? 'running' : job.damaged ? 'damaged' : job.paused ? 'paused' : job.fault ? 'fault' : 'offline', received: progress?.received ?? 0, size: job.entry.size},
    newer: newer(installed, open),
    newerApp: Boolean(wanted && !readable(wanted)),
    opens: Boolean(installed && !installed.damaged && readable(installed)),
  };
}

// A later version in the installed language, or the officer's own language now that it is offered.
function newer(installed, offered) {
  if (!installed) return null;
  const own = offered.find((entry) => entry.language === language());
  if (own && installed.language !== own.language) return own;
  const same = offered.find((entry) => entry.language === installed.language);
  return same && (same.version > installed.version || installed.damaged || !readable(installed)) ? same : null;
}

// The next step: what is begun, then what is due first; what is passed is no step any more.
function order(rows) {
  const rank = (row) =>
    (row.learned.state === FINISHED ? 8 : 0) + (row.assigned ? 0 : 4) + (row.learned.state === 'not-started' ? 1 : 0);
  return [...rows].sort((a, b) => rank(a) - rank(b) || String(a.due ?? '9999').localeCompare(String(b.due ?? '9999')));
}

function actions(row, primary, redraw) {
  const {entry, installed, opens, job, newer: fresh} = row;
  const tell = (wanted, state) => {
    row.job = {state, received: 0, size: wanted.size};
    redraw();
  };
  const begin = (wanted) => () => {
    tell(wanted, 'running');
    engine(() => tell(wanted, 'offline')).then(({download}) => download(wanted));
  };
  const handlers = {
    primary,
    pause: () => engine().then(({pause}) => pause(row.module)),
    // Deleting what has arrived of an update would delete the edition that is read meanwhile.
    cancel: installed ? null : () => engine().then(({remove}) => remove(row.module)),
  };
  const wanted = fresh ?? entry;
  return html`
    ${opens ? goOn(row, primary) : nothing} ${tooOld(row)}
    ${installed?.damaged && !job ? html`<p role="status">${gettext('The browser cleared some files of this module. Your answers are kept. Download it again when there is a network.')}</p>` : nothing}
    ${wanted && (job || !installed || fresh)
      ? downloadBox(wanted, job, {
          ...handlers,
          start: begin(wanted),
          primary: primary && !opens,
          label: opens ? updateLabel(installed, fresh ?? wanted) : undefined,
        })
      : nothing}`;
}

// Of what only a newer version of this app can open.
function tooOld({installed, opens, newerApp: newest}) {
  if (opens && newest) return html`<p role="status" data-newer-app>${gettext('There is a newer version of this module. It needs a newer version of this app: connect this tablet to a network, and the update is offered here by itself. Until then this one goes on.')}</p>`;
  if (newest || (installed && !readable(installed))) return html`<p role="status" data-newer-app>${newerApp()}</p>`;
  return nothing;
}

const updateLabel = (installed, fresh) =>
  fresh.language === installed.language
    ? gettext('Get the newer version')
    : html`${gettext('Download in')} ${languageName(fresh.language)}`;

// What is begun goes on at its place; what is not, or is passed, opens at its first page.
function goOn(row, primary) {
  const {state} = row.learned;
  const part = ['in-progress', 'failed'].includes(state) && nextPart(row.installed.parts, row.learned);
  const look = `button ${primary ? 'button-primary button-wide' : ''}`;
  const parts = `#/module/${row.module}`;
  if (!part) return html`<a class=${look} data-action="open" href=${parts}>${state === 'not-started' ? gettext('Start') : gettext('Open again')}</a>`;
  return html`<a class=${look} data-action="continue" href=${linkTo(row.module, part)}>
      ${primary ? interpolate(gettext('Continue: %(part)s'), {part: part.heading}) : gettext('Continue')}
    </a>
    <a class="button button-quiet" data-action="open" href=${parts}>${gettext('All parts')}</a>`;
}

function facts(row) {
  const {installed, entry, learned} = row;
  const lessons = installed ? installed.parts.filter((part) => part.kind === 'lesson').length : entry?.lessons;
  const values = {done: learned.lessons.size, count: lessons ?? 0};
  const count =
    learned.state === 'not-started'
      ? interpolate(ngettext('%(count)s lesson', '%(count)s lessons', values.count), values)
      : interpolate(ngettext('%(done)s of %(count)s lesson done', '%(done)s of %(count)s lessons done', values.count), values);
  return html`<p class="row">${stateOf(learned.state, learned.score)}</p>
    <p class="meta">
      ${row.assigned ? html`<span data-due>${due(row.due)}</span> · ` : nothing}${count}${entry ? html` · ${minutes(entry.minutes)}` : nothing}
    </p>
    ${installed ? html`<p class="meta" data-installed>${interpolate(gettext('Downloaded (%(size)s)'), {size: formatSize(installed.size)})}</p>` : nothing}`;
}

const card = (row, primary, redraw) => {
  const other = foreign(row.language);
  return html`<article class="card" data-module=${row.module}>
    ${primary ? html`<h2 lang=${other.lang} dir=${other.dir}>${row.heading}</h2>` : html`<h3 lang=${other.lang} dir=${other.dir}>${row.heading}</h3>`}
    ${primary && row.entry?.summary ? html`<p lang=${foreign(row.entry.language).lang} dir=${foreign(row.entry.language).dir}>${row.entry.summary}</p>` : nothing}
    ${facts(row)} ${actions(row, primary, redraw)}
  </article>`;
};

const group = (title, rows, redraw) =>
  rows.length
    ? html`<section class="stack"><h2>${title}</h2><div class="cards">${rows.map((row) => card(row, false, redraw))}</div></section>`
    : nothing;

const empty = (offline) => html`<div class="empty">
  <p>${gettext('Nothing is assigned to you yet.')}</p>
  <p>${offline
    ? gettext('Your trainer assigns modules. They appear here as soon as this tablet has a network.')
    : gettext('Your trainer assigns modules. They appear here by themselves.')}</p>
</div>`;

function page(rows, {offline, known, more}, redraw) {
  const sorted = order(rows);
  const [first] = sorted.filter((row) => row.learned.state !== FINISHED && (row.assigned || row.installed));
  const others = sorted.filter((row) => row !== first);
  const assigned = others.filter((row) => row.assigned);
  return html`<div class="stack-large" data-page="home">
    <div class="stack">
      <h1>${first ? gettext('Your next step') : assigned.length ? gettext('You have finished what was assigned') : gettext('Your modules')}</h1>
      ${first ? card(first, true, redraw) : assigned.length ? nothing : known ? empty(offline) : html`<div class="skeleton"></div>`}
    </div>
    ${group(gettext('Assigned to you'), assigned, redraw)}
    ${group(gettext('Other modules'), others.filter((row) => !row.assigned), redraw)}
    ${more ? html`<button class="button" data-action="more" @click=${more}>${gettext('Show all modules')}</button>` : nothing}
  </div>`;
}

// A module that is not downloaded: the same card, alone.
const single = (module, rows, redraw) => {
  const row = rows.find((candidate) => candidate.module === module);
  return html`<div class="stack" data-page="offer">
    <p><a class="back" href="#/">${gettext('Home')}</a></p>
    <h1>${row?.installed ? row.heading : gettext('This module is not on this tablet')}</h1>
    ${row?.entry || row?.newerApp || row?.installed ? card(row, true, redraw) : html`<p>${gettext('Your answers are kept. Download the module when this tablet has a network.')}</p>`}
  </div>`;
};

export async function show(host, {only} = {}) {
  const me = current().id;
  const before = await learner.get('kept', 'refreshed');
  let said = {assignments: [], ...before, offline: true};
  let offered = null;
  let rows = [];
  const state = {offline: true, known: Boolean(before), more: null};
  const redraw = () => render(only ? single(only, rows, redraw) : page(rows, state, redraw), host);
  // The frame may have moved on to another officer while the network answered.
  const here = () => current()?.id === me;
  const update = async () => {
    const gathered = await gather(said, offered ?? []);
    if (!here()) return;
    rows = gathered;
    redraw();
  };
  const askForAll = async () => {
    offered = (await request(`/editions/index.json?format=${FORMAT}`, {timeout: 5000})).editions;
    state.more = null;
    await update();
  };
  // An officer with an open assignment has a next step; the whole list is fetched when it is asked for.
  const needsAll = () => {
    const assigned = new Set(said.assignments.map((row) => row.module));
    return only || offered || !assigned.size || rows.some((row) => row.installed && !assigned.has(row.module));
  };
  const ask = async () => {
    if (rows.some((row) => row.installed)) await (await engine()).check();
    if (!here()) return;
    said = await refresh();
    Object.assign(state, {offline: said.offline, known: true});
    if (here()) await update();
    if (said.offline || !here()) return;
    if (needsAll()) return askForAll();
    state.more = () => askForAll().catch(() => {});
    redraw();
  };
  await update();
  const off = on('download', ({module, state: now, received, size}) => {
    const row = rows.find((candidate) => candidate.module === module);
    if (!row) return;
    if (only && now === 'done') return dispatchEvent(new HashChangeEvent('hashchange'));
    if (['done', 'removed'].includes(now)) return void update();
    row.job = {state: now, received, size};
    redraw();
  });
  const again = () =>
    ask()
      .catch((error) => console.warn('Not refreshed:', error.name))
      // The page is painted, and can be used, before the rest of the app asks for the line.
      .finally(() => setTimeout(() => here() && emit('at-home'), 1000));
  const renewed = on('session-renewed', again);
  // What was sent may have been marked.
  const sent = on('sent', again);
  addEventListener('online', again);
  host.addEventListener('shown', again, {once: true});
  return () => {
    off();
    renewed();
    sent();
    removeEventListener('online', again);
  };
}
