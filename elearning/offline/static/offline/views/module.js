// One module on this tablet: what you will be able to do, its parts with your state in each, one button to go on.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {manifest as installedManifest} from '../editions.js';
import {current} from '../session.js';
import {learner, on} from '../store.js';
import {moduleState, refresh} from '../sync.js';
import {gettext, interpolate, needFonts, ngettext} from '../i18n.js';
import {foreign, linkTo, minutes, nextPart, purposeOf, shape, stateOf, stateOfTest} from './parts.js';

function stateOfPart(parts, part, learned) {
  if (part.kind === 'test') return stateOf(...stateOfTest(parts, part, learned));
  if (learned.lessons.has(part.id)) return stateOf('done');
  return stateOf(learned.place?.part === part.id ? 'in-progress' : 'not-started');
}

const questions = (count) => interpolate(ngettext('%(count)s question', '%(count)s questions', count), {count});
const limit = (count) => interpolate(ngettext('%(count)s minute', '%(count)s minutes', count), {count});

function about(part) {
  if (part.kind !== 'test') return interpolate(gettext('Lesson · %(minutes)s'), {minutes: minutes(part.minutes)});
  const name = part.purpose ? purposeOf(part.purpose) : gettext('Test');
  const time = part.limit ? limit(part.limit) : minutes(part.minutes);
  return [...(name === part.heading ? [] : [name]), questions(part.questions), time].join(' · ');
}

// A test whose time ran out meanwhile is handed in before its state is shown.
async function closeOverdue() {
  if ((await learner.all('attempts')).some((row) => !row.handedIn && row.test.minutes)) await (await import('../sitting/overdue.js')).handInOverdue();
}

const hasPassed = () => html`<div class="notice ok"><p class="verdict">${shape('done')} ${gettext('You have passed this module.')}</p></div>`;

function action(manifest, part, learned) {
  const passed = learned.state === 'passed';
  if (!part) return passed ? hasPassed() : html`<div class="notice"><p>${gettext('You have done every part. What is handed in is marked at the next contact.')}</p></div>`;
  const name = learned.state === 'not-started' ? gettext('Start: %(part)s') : gettext('Continue: %(part)s');
  return html`${passed ? hasPassed() : nothing}
    <a class="button ${passed ? '' : 'button-primary button-wide'}" data-action="continue" href=${linkTo(manifest.module, part)}>
      ${interpolate(name, {part: part.heading})}
    </a>`;
}

const page = (manifest, part, learned, {lang, dir}) => html`<div class="stack-large" data-page="module">
  <div class="stack">
    <p><a class="back" href="#/">${gettext('Home')}</a></p>
    <h1 lang=${lang} dir=${dir}>${manifest.heading}</h1>
    <p lang=${lang} dir=${dir}>${manifest.summary}</p>
    <p class="row">${stateOf(learned.state, learned.score)}</p>
    ${action(manifest, part, learned)}
  </div>
  <section class="stack">
    <h2>${gettext('Parts')}</h2>
    <ol class="list parts">
      ${manifest.parts.map(
        (each) => html`<li><a href=${linkTo(manifest.module, each)} data-part=${each.id} aria-current=${each === part ? 'step' : nothing}>
          <span><strong lang=${lang} dir=${dir}>${each.heading}</strong><br><span class="meta">${about(each)}</span></span>
          ${stateOfPart(manifest.parts, each, learned)}
        </a></li>`,
      )}
    </ol>
  </section>
  ${manifest.objectives.length
    ? html`<section class="stack">
        <h2>${gettext('What you will be able to do')}</h2>
        <ul lang=${lang} dir=${dir}>${manifest.objectives.map((objective) => html`<li>${objective.text}</li>`)}</ul>
      </section>`
    : nothing}
</div>`;

export async function show(host, {module}) {
  const manifest = await installedManifest(module);
  if (!manifest) return (await import('./home.js')).show(host, {only: module});
  needFonts(manifest.language);
  await closeOverdue().catch((error) => console.warn('Not handed in:', error.name));
  const me = current().id;
  const draw = async () => {
    const learned = await moduleState(module);
    if (current()?.id === me) render(page(manifest, nextPart(manifest.parts, learned), learned, foreign(manifest.language)), host);
  };
  await draw();
  // What was sent may have been marked.
  return on('sent', () => refresh().then(draw));
}
