// "How sure are you?", which can be added to a question of any kind.
import {html, nothing} from '../../../vendor/lit-html.js';
import {gettext} from '../../i18n.js';
import {word} from '../../views/parts.js';

const LEVELS = [
  [1, () => gettext('Not sure')],
  [2, () => gettext('Fairly sure')],
  [3, () => gettext('Very sure')],
];

const level = (item, value, [worth, name], {change, locked}) => html`<label class="choice ${value === worth ? 'chosen' : ''}" aria-disabled=${locked ? 'true' : nothing}>
  <input type="radio" name="${item.id} sure" value=${worth} .checked=${value === worth} @change=${() => change(worth)}>
  <span>${word(name())}</span>
</label>`;

export const draw = (item, value, context) => html`<fieldset class="sure" ?disabled=${context.locked}>
  <legend>${word(gettext('How sure are you?'))}</legend>
  <div class="choices choices-row">${LEVELS.map((entry) => level(item, value, entry, context))}</div>
</fieldset>`;

// To be sure and wrong is what an officer must hear of.
export const remark = (value, right) => {
  if (value === 3 && !right) return gettext('You were very sure. Read closely why it is otherwise.');
  if (value === 1 && right) return gettext('You were not sure, and you were right.');
  return null;
};
