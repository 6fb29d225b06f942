// The blocks of a lesson file, as docs/formats.md names them. Pure: what it needs is given, it never fetches.
import {html, nothing} from '../../vendor/lit-html.js';
import {gettext} from '../i18n.js';
import {shape, word} from '../views/parts.js';
import './html.js';
import './question.js';

const markup = (text) => html`<clean-html class="prose" .html=${text}></clean-html>`;
export const source = (text) => (text ? html`<p class="source">${word(gettext('Source:'))} ${text}</p>` : nothing);

const TONES = {
  note: ['', () => gettext('Note')],
  remember: ['ok', () => gettext('Remember')],
  warning: ['warn', () => gettext('Take care')],
};

function callout({tone, html: text}) {
  const [look, name] = TONES[tone] ?? TONES.note;
  return html`<div class="notice ${look}"><p class="kind">${word(name())}</p>${markup(text)}</div>`;
}

const picture = (block, fileUrl) =>
  block.svg
    ? html`<clean-html class="drawing" role="img" aria-label=${block.caption || block.description} .html=${block.svg}></clean-html>`
    : html`<img src=${fileUrl(block.file)} width=${block.width} height=${block.height} alt=${block.caption || block.description} loading="lazy">`;

const figure = (block, {fileUrl}) => html`<figure>
  ${picture(block, fileUrl)}
  <figcaption>${block.caption} ${source(block.source)}</figcaption>
  ${block.description
    ? html`<details><summary>${word(gettext('The drawing in words'))}</summary><p>${block.description}</p></details>`
    : nothing}
</figure>`;

const tracks = (block, fileUrl) =>
  block.captions.map(
    (track, index) => html`<track kind="captions" srclang=${track.language} label=${track.label} src=${fileUrl(track.file)} ?default=${index === 0}>`,
  );

const transcript = (block) =>
  block.transcript ? html`<details><summary>${word(gettext('The words in writing'))}</summary>${markup(block.transcript)}</details>` : nothing;

const BLOCKS = {
  text: (block) => markup(block.html),
  definition: (block) => html`<section class="block-definition">
    <p class="kind">${word(gettext('Definition'))}</p><h2>${block.term}</h2>${markup(block.html)} ${source(block.source)}
  </section>`,
  case: (block) => html`<section class="block-case">
    <p class="kind">${word(gettext('Example case'))}</p><h2>${block.heading}</h2>${markup(block.html)} ${source(block.source)}
  </section>`,
  callout,
  checklist: (block) => html`<section class="block-checklist stack">
    <h2>${block.heading}</h2>
    <ul>${block.items.map((item) => html`<li>${shape('saved')} ${item.text}</li>`)}</ul>
  </section>`,
  figure,
  audio: (block, {fileUrl}) => html`<section class="stack">
    <h2>${block.heading}</h2><audio controls preload="metadata" src=${fileUrl(block.file)}>${tracks(block, fileUrl)}</audio>${transcript(block)}
  </section>`,
  video: (block, {fileUrl}) => html`<section class="stack">
    <h2>${block.heading}</h2><video controls playsinline preload="metadata" src=${fileUrl(block.file)}>${tracks(block, fileUrl)}</video>${transcript(block)}
  </section>`,
  check: ({question}, {answers, troubles, answer, fileUrl}) => html`<div class="block-check">
    <p class="kind">${word(gettext('Check what you know'))}</p>
    <learner-question .item=${question} .fileUrl=${fileUrl} .answer=${answers.get(question.id) ?? null} .trouble=${troubles?.get(question.id) ?? null}
      @answered=${(event) => answer(event.detail)}></learner-question>
  </div>`,
};

// `context`: {fileUrl(sha256), answers: Map(item → answer), troubles: Map(item → sentence), answer(given)}.
export const lessonBody = ({blocks}, context) =>
  blocks.map((block) => html`<div data-block=${block.id} data-type=${block.type}>${BLOCKS[block.type]?.(block, context) ?? nothing}</div>`);
