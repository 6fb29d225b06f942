// Pick the spot on a picture: by a tap, by keys, or by the words of the places.
import {html, nothing} from '../../../vendor/lit-html.js';
import {gettext} from '../../i18n.js';
import {word} from '../../views/parts.js';
import {frame} from './frame.js';
import './picture.js';

export const missing = () => gettext('Point at a place in the picture first.');

const row = (item, {id, text}, response, {change, locked}) => html`<label class="choice ${response[0] === id ? 'chosen' : ''}" aria-disabled=${locked ? 'true' : nothing}>
  <input type="radio" name=${item.id} value=${id} .checked=${response[0] === id} @change=${() => change([id])}>
  <span>${text}</span>
</label>`;

const byWords = (item, response, context) => html`<fieldset class="by-words">
  <legend>${word(gettext('Choose by words instead'))}</legend>
  <div class="choices">${item.areas.map((area) => row(item, area, response, context))}</div>
</fieldset>`;

export function draw(item, response, context) {
  const {change, locked = false, fileUrl} = context;
  const body = html`<picture-spot .view=${{item, response, locked, fileUrl}} @placed=${(event) => change(event.detail)}></picture-spot>
    ${byWords(item, response, context)}`;
  return frame(item, gettext('Tap the place in the picture.'), body, context);
}

const BESIDE = {right: false, text: ''};

const said = (right, chosen) => {
  if (!chosen) return gettext('This is right:');
  return right ? gettext('You chose this, and it is right:') : gettext('You chose this, and it is not right:');
};

export function reasons(item, [given = '']) {
  const areas = item.areas
    .map((area) => ({...area, right: item.key.right.includes(area.id), chosen: area.id === given}))
    .filter(({right, chosen}) => right || chosen)
    .map(({id, text, right, chosen}) => ({right: right && chosen, said: said(right, chosen), text, why: item.key.feedback?.[id]}));
  const hit = item.areas.some(({id}) => id === given);
  return given && !hit ? [{...BESIDE, said: gettext('You pointed beside the marked places.')}, ...areas] : areas;
}
