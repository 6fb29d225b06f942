// Steps to put in order, by buttons: no drag. Nothing is answered until a step was moved or the order kept as it stands.
import {html} from '../../../vendor/lit-html.js';
import {gettext, interpolate, language} from '../../i18n.js';
import {word} from '../../views/parts.js';
import {frame, inOrder, textOf} from './frame.js';

export const ids = (item) => item.steps.map(({id}) => id);

export const missing = () => gettext('Move the steps first, or keep the order as it stands.');

const standing = (item, response, order) => inOrder(item.steps, response.length ? response : order);

export function moved(steps, from, to) {
  const left = steps.filter((_id, index) => index !== from);
  return [...left.slice(0, to), steps[from], ...left.slice(to)];
}

// Told, and the focus goes with the step, when the list has been drawn anew.
async function follow(list, item, {id, way, number, count}) {
  await null;
  list.querySelector(`[data-step="${id}"] [data-move="${way}"]`)?.focus();
  const sentence = gettext('“%(step)s” is now number %(number)s of %(count)s.');
  list.parentElement.querySelector('[data-said]').textContent = interpolate(sentence, {step: textOf(item.steps, id), number, count});
}

function move(event, item, steps, from, way, change) {
  const to = from + (way === 'up' ? -1 : 1);
  if (to < 0 || to >= steps.length) return;
  const list = event.target.closest('ol');
  change(moved(steps.map(({id}) => id), from, to));
  follow(list, item, {id: steps[from].id, way, number: to + 1, count: steps.length});
}

// At the end of the list the button stays, so that the focus stays on the step, and does nothing.
const button = (item, steps, index, way, name, change) => html`<button type="button" class="button" data-move=${way}
  aria-disabled=${(way === 'up' ? index === 0 : index === steps.length - 1) ? 'true' : 'false'}
  @click=${(event) => move(event, item, steps, index, way, change)}>${word(name)}<span class="visually-hidden">: ${steps[index].text}</span></button>`;

const row = (item, steps, index, {locked, change}) => html`<li class="step" data-step=${steps[index].id}>
  <span class="step-text"><span class="step-number" aria-hidden="true">${index + 1}</span> <span>${steps[index].text}</span></span>
  ${locked
    ? ''
    : html`<span class="step-moves">${button(item, steps, index, 'up', gettext('Move up'), change)} ${button(item, steps, index, 'down', gettext('Move down'), change)}</span>`}
</li>`;

const keep = (steps, change) => html`<button type="button" class="button" data-action="keep-order"
  @click=${() => change(steps.map(({id}) => id))}>${word(gettext('Keep this order'))}</button>`;

export function draw(item, response, context) {
  const steps = standing(item, response, context.order);
  const body = html`<ol class="order">${steps.map((_step, index) => row(item, steps, index, context))}</ol>
    <p class="visually-hidden" role="status" lang=${language()} data-said></p>
    ${context.locked || response.length ? '' : keep(steps, context.change)}`;
  return frame(item, gettext('Put the steps in order: the first one on top.'), body, context);
}

function said(number, mine) {
  if (mine === number) return gettext('Number %(number)s, where you put it:');
  return mine ? gettext('Number %(number)s; you put it at number %(mine)s:') : gettext('Number %(number)s:');
}

export const reasons = (item, response) =>
  item.key.order.map((id, index) => {
    const [number, mine] = [index + 1, response.indexOf(id) + 1];
    return {right: mine === number, said: interpolate(said(number, mine), {number, mine}), text: textOf(item.steps, id)};
  });
