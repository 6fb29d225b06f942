// One module on this tablet: what you will be able to do, its parts with your state in each, one button to go on.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {manifest as installedManifest} from '../editions.js';
import {moduleState} from '../sync.js';
import {gettext, interpolate, needFonts, ngettext} from '../i18n.js';
import {foreign, linkTo, minutes, nextPart, shape, stateOf} from './parts.js';

function stateOfPart(part, learned) {
  if (part.kind === 'test') {
    if (learned.attempt) return stateOf('in-progress');
    return ['passed', 'failed'].includes(learned.state) ? stateOf(learned.state, learned.score) : stateOf('not-started');
  }
  if (learned.lessons.has(part.id)) return stateOf('done');
  return stateOf(learned.place?.part === part.id ? 'in-progress' : 'not-started');
}

const about = (part) =>
  part.kind === 'test'
    ? interpolate(ngettext('Test · %(count)s question', 'Test · %(count)s questions', part.questions), {count: part.questions})
    : interpolate(gettext('Lesson · %(minutes)s'), {minutes: minutes(part.minutes)});

function action(manifest, learned) {
  const part = nextPart(manifest.parts, learned);
  if (!part) return html`<div class="notice ok"><p class="verdict">${shape('done')} ${gettext('You have passed this module.')}</p></div>`;
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
          ${stateOfPart(part, learned)}
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
  render(page(manifest, await moduleState(module), foreign(manifest.language)), host);
}
