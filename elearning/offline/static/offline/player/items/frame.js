// What every kind of question shares: its text and what to do as a legend, the order to show things in, typed text made safe.
import {html} from '../../../vendor/lit-html.js';
import {word} from '../../views/parts.js';

// `heading`: the question's text is already on the page, as its heading.
export const frame = (item, help, body, {locked = false, heading = false}) => html`<fieldset class="item" data-kind=${item.kind} ?disabled=${locked}>
  <legend>${heading ? html`<span class="visually-hidden">${item.text}</span>` : item.text}<span class="help">${word(help)}</span></legend>
  ${body}
</fieldset>`;

// The entries as the officer sees them. `order`: ids, perhaps of other lists too; null for the item's own order.
export function inOrder(entries, order) {
  if (!order) return entries;
  const place = new Map(order.map((id, index) => [id, index]));
  const at = ({id}) => place.get(id) ?? order.length;
  return [...entries].sort((a, b) => at(a) - at(b));
}

export const textOf = (entries, id) => entries.find((entry) => entry.id === id)?.text ?? '';

// A response is kept as one text, its values parted by "[,]" or "[.]": what is typed can not hold these.
export const typed = (text) => text.replace(/\[[,.]\]/g, '');

// What is all blank is no response.
export const orNone = (values) => (values.some((value) => value.trim()) ? values : []);
