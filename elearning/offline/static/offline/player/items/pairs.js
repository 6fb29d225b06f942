// Match these (a list to choose from beside each) and sort into groups (the groups as radio buttons under each card).
import {html, nothing} from '../../../vendor/lit-html.js';
import {gettext, language} from '../../i18n.js';
import {frame, inOrder, textOf} from './frame.js';

const PART = '[.]';

// Where each kind keeps what is placed, where to, and which goes where.
const SIDES = {match: ['left', 'right', 'pairs'], groups: ['cards', 'groups', 'groups']};
const sides = (item) => {
  const [from, to, key] = SIDES[item.kind];
  return {from: item[from], to: item[to], key: item.key?.[key]};
};

const idsOf = (entries) => entries.map(({id}) => id);

// Groups are few and often have an order of their own: they are not shuffled.
export const ids = (item) => (item.kind === 'match' ? [...idsOf(item.left), ...idsOf(item.right)] : idsOf(item.cards));

export const placed = (response) => new Map(response.map((pair) => pair.split(PART)));

// In the item's own order, so that the same answer is the same text in whatever order it was given.
export function placing(item, response, from, to) {
  const all = placed(response).set(from, to);
  return idsOf(sides(item).from).filter((id) => all.get(id)).map((id) => `${id}${PART}${all.get(id)}`);
}

// Every row needs its answer: a pair that is left out is not right.
export const answered = (item, response) => placed(response).size === sides(item).from.length;

export const missing = (item) =>
  item.kind === 'match' ? gettext('Choose a match for each line first.') : gettext('Choose a group for each card first.');

const option = ({id, text}, chosen) => html`<option value=${id} .selected=${chosen === id}>${text}</option>`;

// A closed list shows one line: what is longer, or can no longer be changed, is written out.
const LINE = 20;
const inFull = (text) => html`<span class="pair-chosen" aria-hidden="true">${text}</span>`;

const list = (item, entry, chosen, {change, response, order}) => html`<label class="pair" data-row=${entry.id}>
  <span class="pair-text">${entry.text}</span>
  <select class="input" name="${item.id} ${entry.id}" @change=${(event) => change(placing(item, response, entry.id, event.target.value))}>
    <option value="" lang=${language()} .selected=${!chosen}>${gettext('Choose…')}</option>
    ${inOrder(item.right, order).map((other) => option(other, chosen))}
  </select>
  ${textOf(item.right, chosen).length > LINE ? inFull(textOf(item.right, chosen)) : nothing}
</label>`;

const written = (item, entry, chosen) => html`<p class="pair" data-row=${entry.id}>
  <span class="pair-text">${entry.text}</span> <span class="pair-chosen">${textOf(item.right, chosen) || '–'}</span>
</p>`;

const match = (item, entry, chosen, context) => (context.locked ? written : list)(item, entry, chosen, context);

const radio = (item, entry, group, chosen, {change, response, locked}) => html`<label class="choice ${chosen === group.id ? 'chosen' : ''}" aria-disabled=${locked ? 'true' : nothing}>
  <input type="radio" name="${item.id} ${entry.id}" value=${group.id} .checked=${chosen === group.id}
    @change=${() => change(placing(item, response, entry.id, group.id))}>
  <span>${group.text}</span>
</label>`;

const sort = (item, entry, chosen, context) => html`<div class="pair sort" role="radiogroup" aria-labelledby="card-${entry.id}" data-row=${entry.id}>
  <span class="pair-text" id="card-${entry.id}">${entry.text}</span>
  <div class="choices choices-row">${item.groups.map((group) => radio(item, entry, group, chosen, context))}</div>
</div>`;

export function draw(item, response, context) {
  const all = placed(response);
  const row = item.kind === 'match' ? match : sort;
  const rows = inOrder(sides(item).from, context.order).map((entry) => row(item, entry, all.get(entry.id), {...context, response}));
  const help = item.kind === 'match' ? gettext('Choose for each line what goes with it.') : gettext('Choose a group for each card.');
  return frame(item, help, html`<div class="pairs">${rows}</div>`, context);
}

const wrong = (chosen, should) => [
  ...(chosen ? [[gettext('You chose:'), chosen]] : []),
  [gettext('It goes with:'), should],
];

export function reasons(item, response) {
  const [all, {from, to, key}] = [placed(response), sides(item)];
  return from.map(({id, text}) => {
    const [chosen, should] = [textOf(to, all.get(id)), textOf(to, key[id])];
    const right = all.get(id) === key[id];
    const said = right ? gettext('Right:') : chosen ? gettext('Not right:') : gettext('Left open:');
    return {right, said, text, more: right ? [[gettext('It goes with:'), should]] : wrong(chosen, should)};
  });
}

