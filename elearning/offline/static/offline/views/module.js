// One module on this tablet: what you will be able to do, its parts with your state in each, one button to go on.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {manifest as installedManifest} from '../editions.js';
import {learner} from '../store.js';
import {moduleState} from '../sync.js';
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
  return [name, questions(part.questions), ...(part.limit ? [limit(part.limit)] : [])].join(' · ');
}

// A test whose time ran out meanwhile is handed in before its state is shown.
async function closeOverdue() {
  if ((await learner.all('attempts')).some((row) => !row.handedIn && row.test.minutes)) await (await import('../sitting/overdue.js')).handInOverdue();
}

function action(manifest, learned) {
  const part = nextPart(manifest.parts, learned);
  if (!part && learned.state === 'passed') return html`<div class="notice ok"><p class="verdict">${shape('done')} ${gettext('You have passed this module.')}</p></div>`;
  if (!part) return html`<div class="notice"><p>${gettext('You have done every part. What is handed in is marked at the next contact.')}</p></div>`;
  const begun = learned.state !== 'not-started';
  return html`<a class="button button-primary button-wide" data-action="continue" href=${linkTo(manifest.module, part)}>
    ${begun ? gettext('Continue') : gettext('Start')}
  </a>`;
}

const page = (manifest, learned, {lang, dir}) => html`<div class="stack-large" data-page="module">
  <div class="stack">
    <p><a class="back" href="#/">${gettext('Home')}</a></p>
    <h1 lang=${lang} dir=${dir}>${manifest.heading}</h1>
    <p lang=${lang} dir=${dir}>${manifest.summary}</p>
    <p class="row">${stateOf(learned.state, learned.score)}</p>
    ${action(manifest, learned)}
  </div>
  <section class="stack">
    <h2>${gettext('Parts')}</h2>
    <ol class="list parts">
      ${manifest.parts.map(
        (part) => html`<li><a href=${linkTo(manifest.module, part)} data-part=${part.id}>
          <span><strong lang=${lang} dir=${dir}>${part.heading}</strong><br><span class="meta">${about(part)}</span></span>
          ${stateOfPart(manifest.parts, part, learned)}
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
  render(page(manifest, await moduleState(module), foreign(manifest.language)), host);
}
