// Pieces that several pages share: shapes that stand beside a word, states, marks, the card of a module and its download.
import {html, nothing, svg} from '../../vendor/lit-html.js';
import {formatDate, formatPercent, formatSize, gettext, interpolate, language, nameOf, directionOf, ngettext} from '../i18n.js';

const SHAPES = {
  empty: svg`<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2"/>`,
  half: svg`<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/>`,
  done: svg`<circle cx="12" cy="12" r="10" fill="currentColor"/><path d="M7 12.5l3.5 3.5L17 9" fill="none" stroke="var(--surface)" stroke-width="2.5"/>`,
  again: svg`<rect x="3" y="3" width="18" height="18" rx="3" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 8l8 8M16 8l-8 8" stroke="currentColor" stroke-width="2.5"/>`,
  saved: svg`<path d="M5 12.5l4.5 4.5L19 7.5" fill="none" stroke="currentColor" stroke-width="2.5"/>`,
  received: svg`<path d="M1.5 12.5L6 17 15.5 7.5M10 15.5l1.5 1.5L21 7.5" fill="none" stroke="currentColor" stroke-width="2.5"/>`,
};

export const shape = (name) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;

const STATES = {
  'not-started': ['empty', () => gettext('Not started')],
  'in-progress': ['half', () => gettext('In progress')],
  done: ['done', () => gettext('Done')],
  passed: ['done', () => gettext('Passed')],
  failed: ['again', () => gettext('Not passed yet')],
  'handed-in': ['saved', () => gettext('Handed in')],
  'to-mark': ['saved', () => gettext('A trainer reads it')],
};

const PURPOSES = {
  practice: () => gettext('Practice test'),
  pre: () => gettext('Pre-test'),
  post: () => gettext('Post-test'),
  graded: () => gettext('Graded test'),
};

export const purposeOf = (purpose) => PURPOSES[purpose]();

// A graded test decides about the module, where there is one; else practice does, as it did before there were others.
export const decidesIn = (parts, part) =>
  part.purpose === 'graded' || ((part.purpose ?? 'practice') === 'practice' && !parts.some(({purpose}) => purpose === 'graded'));

// Of practice on another tablet the server says no more than the state of the module: the test's own, where no other decides.
function verdictElsewhere(parts, part, {state, score}) {
  const alone = part.purpose !== 'graded' && parts.filter((each) => each.kind === 'test' && decidesIn(parts, each)).length === 1;
  return alone && ['passed', 'failed'].includes(state) ? {passed: state === 'passed', scaled: score} : null;
}

function verdictOn(parts, part, learned, best) {
  if (!decidesIn(parts, part)) return null;
  const known = [best, verdictElsewhere(parts, part, learned)].filter(Boolean);
  return known.find(({passed}) => passed) ?? known[0] ?? null;
}

// [state, score] of a test on the list of a module's parts: its own, whatever another test has decided about the module.
export function stateOfTest(parts, part, learned) {
  const {open = null, last = null, best = null} = learned.tests.get(part.id) ?? {};
  const verdict = verdictOn(parts, part, learned, best);
  if (open) return ['in-progress', null];
  if (verdict?.passed) return ['passed', verdict.scaled];
  if (last && last.state !== 'marked') return [last.state, null];
  if (verdict) return ['failed', verdict.scaled];
  return last ? ['done', last.scaled] : ['not-started', null];
}

// A shape and a word; for a test the score as well.
export function stateOf(name, score = null) {
  const [icon, word] = STATES[name];
  return html`<span class="state" data-state=${name}>${shape(icon)} <span>${word()}${score === null ? nothing : html` · ${formatPercent(score)}`}</span></span>`;
}

// `received` null: nothing is saved yet, so nothing is said.
export const mark = (received) =>
  html`<p class="mark" role="status" data-mark=${received === null ? 'none' : received ? 'received' : 'saved'}>
    ${received === null ? nothing : received ? html`${shape('received')} ${word(gettext('Received'))}` : html`${shape('saved')} ${word(gettext('Saved on this tablet'))}`}
  </p>`;

export const due = (date) => (date ? interpolate(gettext('To do by %(date)s'), {date: formatDate(date)}) : gettext('No date set'));

export const minutes = (n) => interpolate(ngettext('about %(count)s minute', 'about %(count)s minutes', n), {count: n});

// A pre-test is no step any more once lessons are done: it would show nothing.
function finished(parts, part, learned) {
  if (part.kind !== 'test') return learned.lessons.has(part.id);
  const [state] = stateOfTest(parts, part, learned);
  if (part.purpose === 'pre' && state === 'not-started') return learned.lessons.size > 0;
  return !['not-started', 'in-progress', 'failed'].includes(state);
}

// The part to go on with: a test that is begun, else where the officer stopped, else the first that is not done; or null.
export function nextPart(parts, learned) {
  const open = parts.filter((part) => !finished(parts, part, learned));
  return open.find((part) => learned.tests.get(part.id)?.open) ?? open.find((part) => part.id === learned.place?.part) ?? open[0] ?? null;
}

export const linkTo = (module, part) => `#/module/${module}/${part.kind}/${part.id}`;

// Language of text that is not in the page's language, for `lang` and `dir`; nothing where it is the same.
export const foreign = (code) =>
  code && code !== language() ? {lang: code, dir: directionOf(code)} : {lang: nothing, dir: nothing};

// A word of the app inside content that may be in another language.
export const word = (text) => html`<bdi lang=${language()}>${text}</bdi>`;

// The officer's language, else English, else what there is.
export const pick = (editions) =>
  editions.find((entry) => entry.language === language()) ?? editions.find((entry) => entry.language === 'en') ?? editions[0] ?? null;

export const newerApp = () =>
  gettext('This module needs a newer version of this app. Connect this tablet to a network: the update is offered here by itself.');

const TROUBLES = {
  paused: () => gettext('Paused. What has arrived is kept.'),
  offline: () => gettext('No network. The download goes on by itself when there is one; what has arrived is kept.'),
  fault: () => gettext('The server has a fault. What has arrived is kept, and the download goes on by itself. If it stays so, tell your trainer.'),
  full: () => gettext('There is not enough room on this tablet. Delete a module you have finished under "My tablet", then go on.'),
  damaged: () => gettext('A file did not arrive as it was sent, twice. Try again; if it happens again, tell your trainer.'),
  'newer-app': () => newerApp(),
  verifying: () => gettext('Checking that every file is whole…'),
};

// The download of one edition. `job`: {received, size, state} or null when none is under way.
export function downloadBox(entry, job, {start, pause, cancel, primary = true, label}) {
  if (!job) {
    const text = label ?? interpolate(gettext('Download (%(size)s)'), {size: formatSize(entry.size)});
    return html`<button class="button ${primary ? 'button-primary button-wide' : ''}" data-action="download" @click=${start}>${text}</button>`;
  }
  const going = ['running', 'verifying', 'offline', 'fault'].includes(job.state);
  const values = {received: formatSize(job.received), size: formatSize(job.size)};
  return html`<div class="stack" data-download=${job.state}>
    <progress max=${job.size || 1} value=${job.received} aria-label=${gettext('Download')}></progress>
    <p class="meta">${interpolate(gettext('%(received)s of %(size)s'), values)}</p>
    ${TROUBLES[job.state] ? html`<p role="status">${TROUBLES[job.state]()}</p>` : nothing}
    <div class="row">
      ${going
        ? html`<button class="button" data-action="pause" @click=${pause}>${gettext('Pause')}</button>`
        : html`<button class="button button-primary" data-action="resume" @click=${start}>${gettext('Go on')}</button>`}
      ${cancel ? html`<button class="button button-quiet" data-action="cancel" @click=${cancel}>${gettext('Delete')}</button>` : nothing}
    </div>
  </div>`;
}

export const languageName = (code) => html`<span lang=${code} dir=${directionOf(code)}>${nameOf(code)}</span>`;

export const notSaved = (error) =>
  (error.inner ?? error).name === 'QuotaExceededError'
    ? gettext('Not saved: the storage of this tablet is full. Your answer is still on the screen. Delete a module you have finished under "My tablet", then answer again.')
    : gettext('Not saved. Your answer is still on the screen. Answer again; if it is not saved then either, tell your trainer.');

export const missing = () => html`<div class="stack">
  <h1>${gettext('This module is not on this tablet')}</h1>
  <p>${gettext('Your answers are kept. Download the module on the first page; that needs a network.')}</p>
  <a class="button button-primary" href="#/">${gettext('Home')}</a>
</div>`;
