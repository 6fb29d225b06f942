// A number, with no unit, one that is shown, or several to choose from.
import {html, nothing} from '../../../vendor/lit-html.js';
import {gettext, language} from '../../i18n.js';
import {word} from '../../views/parts.js';
import {frame, orNone, textOf, typed} from './frame.js';

const choosing = (item) => item.units.length > 1;

export const answered = (item, [number = '', unit = '']) => Boolean(number.trim()) && (!choosing(item) || Boolean(unit));

export const missing = (item) => (choosing(item) ? gettext('Write a number and choose its unit first.') : gettext('Write a number first.'));

const given = (item, number, unit) => orNone(choosing(item) ? [typed(number), unit] : [typed(number)]);

const units = (item, [number = '', unit = ''], {change}) => html`<label class="field">${word(gettext('Unit'))}
  <select name="${item.id} unit" @change=${(event) => change(given(item, number, event.target.value))}>
    <option value="" lang=${language()} .selected=${!unit}>${gettext('Choose…')}</option>
    ${item.units.map(({id, text}) => html`<option value=${id} .selected=${id === unit}>${text}</option>`)}
  </select></label>`;

const beside = (item, response, context) => {
  if (choosing(item)) return units(item, response, context);
  return item.units.length ? html`<span class="unit" id="unit-${item.id}">${item.units[0].text}</span>` : nothing;
};

export function draw(item, response, context) {
  const [number = '', unit = ''] = response;
  const described = item.units.length === 1 ? `unit-${item.id}` : nothing;
  const field = html`<label class="field">${word(gettext('Number'))}
    <input type="text" inputmode="decimal" dir="ltr" autocomplete="off" name="${item.id} number" aria-describedby=${described}
      .value=${number} @input=${(event) => context.change(given(item, event.target.value, unit))}></label>`;
  const help = choosing(item) ? gettext('Write a number and choose its unit.') : gettext('Write a number.');
  return frame(item, help, html`<div class="quantity">${field} ${beside(item, response, context)}</div>`, context);
}

// The unit that the value is written in: the one that counts once.
const base = ({units: all, key}) => (choosing({units: all}) ? all.find(({id}) => Number(key.factors?.[id]) === 1)?.text : all[0]?.text) ?? '';

const quantity = (number, unit) => [number, unit].filter(Boolean).join(' ');

export function reasons(item, [number = '', unit = ''], isRight) {
  const right = isRight(item, [number, unit].filter(Boolean));
  const mine = quantity(number.trim(), choosing(item) ? textOf(item.units, unit) : base(item));
  const said = right ? gettext('You wrote this, and it is right:') : gettext('You wrote this, and it is not right:');
  const exact = [[gettext('Exactly:'), quantity(item.key.value, base(item))]];
  const spare = Number(item.key.tolerance) ? [[gettext('So much more or less is right too:'), quantity(item.key.tolerance, base(item))]] : [];
  return [{right, said: number.trim() ? said : '', text: number.trim() ? mine : '', more: [...exact, ...spare]}];
}
