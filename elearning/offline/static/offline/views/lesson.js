// A lesson, scrolled as one page. Keeps the place, records the answers to its checks, and is done when its end was reached.
import {html, nothing, render} from '../../vendor/lit-html.js';
import * as editions from '../editions.js';
import * as record from '../record.js';
import {on} from '../store.js';
import {moduleState} from '../sync.js';
import {current} from '../session.js';
import {gettext, interpolate, needFonts} from '../i18n.js';
import {lessonBody} from '../player/lesson.js';
import {foreign, linkTo, mark, missing, notSaved} from './parts.js';

const SETTLED = 400;

function nextButton({module, parts}, index) {
  const part = parts[index + 1];
  if (!part) return html`<a class="button button-primary button-wide" data-action="next" href="#/module/${module}">${gettext('Back to the module')}</a>`;
  return html`<a class="button button-primary button-wide" data-action="next" href=${linkTo(module, part)}>
    <span>${part.kind === 'test' ? gettext('Go to the test') : gettext('Next lesson')}</span>
  </a>`;
}

function page(state) {
  const {manifest, lesson, index, answers, troubles, done, answer} = state;
  const {lang, dir} = foreign(lesson.language);
  const place = {part: index + 1, count: manifest.parts.length};
  return html`<article class="lesson" data-page="lesson">
    <div class="stack">
      <p><a class="back" href="#/module/${manifest.module}">${manifest.heading}</a></p>
      <h1 lang=${lang} dir=${dir}>${lesson.heading}</h1>
      <p class="meta">${interpolate(gettext('Part %(part)s of %(count)s'), place)}</p>
    </div>
    <div class="lesson" lang=${lang} dir=${dir}>
      ${lessonBody(lesson, {fileUrl: (sha256) => editions.fileUrl(manifest, sha256), answers, troubles, answer})}
    </div>
    <div class="stack" data-end>
      ${done === null ? nothing : html`<p><strong>${gettext('You have reached the end of this lesson.')}</strong></p>${mark(done)}`}
      ${state.trouble ? html`<div class="notice bad" role="alert"><p>${state.trouble}</p></div>` : nothing}
      ${nextButton(manifest, index)}
    </div>
  </article>`;
}

// The block at the top of the window: a place that holds when the text size or the language changes.
function topBlock(host) {
  const blocks = host.querySelectorAll('[data-block]');
  for (const block of blocks) if (block.getBoundingClientRect().bottom > 80) return block.dataset.block;
  return blocks.length ? blocks[blocks.length - 1].dataset.block : null;
}

function keepPlace(host, save) {
  let timer = null;
  const now = () => {
    clearTimeout(timer);
    timer = null;
    const block = topBlock(host);
    return block ? save(block) : null;
  };
  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(now, SETTLED);
  };
  addEventListener('scroll', moved, {passive: true});
  return async () => {
    removeEventListener('scroll', moved);
    if (timer) await now();
  };
}

export async function show(host, {module, part}) {
  const wanted = [editions.manifest(module), editions.part(module, part), moduleState(module), record.answersOf(part)];
  const [manifest, lesson, learned, answers] = await Promise.all(wanted);
  if (!manifest || !lesson) return void render(missing(), host);
  needFonts(lesson.language);
  const ctx = {manifest};
  const state = {
    manifest,
    lesson,
    index: manifest.parts.findIndex((candidate) => candidate.id === part),
    answers,
    troubles: new Map(),
    done: learned.lessons.has(part) ? true : null,
    completion: null,
    finishing: false,
    trouble: null,
    answer: null,
  };
  const me = current().id;
  const draw = () => render(page(state), host);
  const refreshMarks = async () => {
    if (current()?.id !== me) return;
    for (const [item, answer] of await record.answersOf(part)) state.answers.set(item, {...state.answers.get(item), ...answer});
    if (state.completion) state.done = await record.isReceived(state.completion);
    draw();
  };
  state.answer = async (given) => {
    // Drawn without the old trouble first, so that the same trouble twice is told twice.
    if (state.troubles.delete(given.item)) draw();
    try {
      const {id} = await record.answered(ctx, {...given, part});
      state.answers.set(given.item, {id, response: given.response, success: given.success, confidence: given.confidence, saved: true, received: false});
    } catch (error) {
      state.troubles.set(given.item, notSaved(error));
    }
    draw();
  };
  const finish = async () => {
    if (state.done !== null || state.finishing) return;
    state.finishing = true;
    try {
      state.completion = (await record.completed(ctx, part))?.id ?? null;
      Object.assign(state, {done: false, trouble: null});
    } catch (error) {
      state.trouble = notSaved(error);
    }
    state.finishing = false;
    draw();
  };
  draw();
  // Written once the page stands: the tap on "next" must not wait for the disk.
  const begin = async () => {
    record.savePlace(module, part, learned.place?.part === part ? learned.place.position : null).catch(() => {});
    try {
      await record.opened(ctx, {id: part, kind: 'lesson'});
    } catch (error) {
      state.trouble = notSaved(error);
      draw();
    }
  };
  const off = on('status', refreshMarks);
  const end = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && finish());
  let stopKeeping = null;
  host.addEventListener('shown', () => {
    const block = learned.place?.part === part && host.querySelector(`[data-block="${learned.place.position}"]`);
    if (block && block.previousElementSibling) block.scrollIntoView();
    stopKeeping = keepPlace(host, (position) => record.savePlace(module, part, position).catch(() => {}));
    end.observe(host.querySelector('[data-end]'));
    begin();
  });
  return () => {
    off();
    end.disconnect();
    stopKeeping?.();
  };
}
