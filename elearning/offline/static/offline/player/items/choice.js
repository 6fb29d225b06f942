// One right choice, several, true or false.
import {html, nothing} from '../../../vendor/lit-html.js';
import {gettext} from '../../i18n.js';
import {frame, inOrder} from './frame.js';

export const ids = (item) => item.choices.map(({id}) => id);

const many = (item) => item.kind === 'multiple';

export const toggled = (item, response, choice, checked) => {
  if (!many(item)) return [choice];
  return ids(item).filter((id) => (id === choice ? checked : response.includes(id)));
};

const help = (item) => (many(item) ? gettext('Choose every answer that is right.') : gettext('Choose one answer.'));

const row = (item, choice, response, {change, locked}) => html`<label class="choice ${response.includes(choice.id) ? 'chosen' : ''}" aria-disabled=${locked ? 'true' : nothing}>
  <input type=${many(item) ? 'checkbox' : 'radio'} name=${item.id} value=${choice.id}
    .checked=${response.includes(choice.id)} @change=${(event) => change(toggled(item, response, choice.id, event.target.checked))}>
  <span>${choice.text}</span>
</label>`;

export const draw = (item, response, context) =>
  frame(item, help(item), html`<div class="choices">${inOrder(item.choices, context.order).map((choice) => row(item, choice, response, context))}</div>`, context);

export const missing = () => gettext('Choose an answer first.');

const said = (item, right, chosen) => {
  if (!right) return gettext('You chose this, and it is not right:');
  if (chosen) return gettext('You chose this, and it is right:');
  return many(item) ? gettext('This is right too:') : gettext('This is right:');
};

// What was chosen, and what should have been: each with its own reason.
export const reasons = (item, response) =>
  item.choices
    .map((choice) => ({...choice, right: item.key.right.includes(choice.id), chosen: response.includes(choice.id)}))
    .filter(({right, chosen}) => right || chosen)
    .map(({id, text, right, chosen}) => ({right: right && chosen, said: said(item, right, chosen), text, why: item.key.feedback?.[id]}));
