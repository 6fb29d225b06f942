// The kinds of question, behind one small interface. Each module of player/items/ has
//   draw(item, response, {change, locked, heading, order, fileUrl, lang})   change(response) for each change
//   answered(item, response)      whether it is whole; without it: something is given
//   missing(item)                 what to say when it is not
//   reasons(item, response, isRight)   what was right, what should have been: [{right, said, text, more: [[label, text]], why}]
//   ids(item)                     what may be shown in another order
// The rarer kinds are loaded when a lesson or test has one.
import {html, nothing} from '../../vendor/lit-html.js';
import {gettext} from '../i18n.js';
import {word} from '../views/parts.js';
import {shuffled} from '../rules/drawing.js';
import {normal} from '../rules/items.js';
import * as choice from './items/choice.js';

const pairs = () => import('./items/pairs.js');
const written = () => import('./items/written.js');
const LAZY = {
  order: () => import('./items/order.js'),
  match: pairs,
  groups: pairs,
  gaps: () => import('./items/gaps.js'),
  number: () => import('./items/number.js'),
  spot: () => import('./items/spot.js'),
  short: written,
  long: written,
};
const ALWAYS_SHUFFLED = ['order', 'match', 'groups'];
const loaded = new Map([['single', choice], ['multiple', choice], ['truefalse', choice]]);
let sure = null;
let model = null;

async function load(kind) {
  if (!loaded.has(kind) && LAZY[kind]) loaded.set(kind, await LAZY[kind]());
}

// Loads what these items need to be drawn. A kind that this app does not know needs nothing.
export async function need(items) {
  await Promise.all(items.map(({kind}) => load(kind)));
  if (!sure && items.some(({confidence}) => confidence)) sure = await import('./items/confidence.js');
  if (!model && items.some(({kind}) => kind === 'long')) model = await import('./items/rubric.js');
}

export const isLoaded = (item) => loaded.has(item.kind) && Boolean(!item.confidence || sure);

// The ids in the order to show, the same for the same seed on every device; null for the item's own order.
export async function orderOf(seed, given) {
  const item = normal(given);
  await load(item.kind);
  const mixed = item.shuffle || ALWAYS_SHUFFLED.includes(item.kind);
  const ids = mixed && loaded.get(item.kind)?.ids?.(item);
  return ids ? shuffled(seed, item.id, ids) : null;
}

const unknown = (item) => html`<p><strong>${item.text}</strong></p>
  <p class="notice warn">${word(gettext('This version of the app does not know this kind of question. Update the app when you have a network.'))}</p>`;

// `confidence` and `changeConfidence`: how sure the officer is, where the item asks for it.
export function draw(given, response, context) {
  const item = normal(given);
  const kind = loaded.get(item.kind);
  if (!kind) return unknown(item);
  const asksHowSure = item.confidence && sure && context.changeConfidence;
  return html`${kind.draw(item, response, context)}
    ${asksHowSure ? sure.draw(item, context.confidence ?? null, {change: context.changeConfidence, locked: context.locked}) : nothing}`;
}

const given = (_item, response) => response.some((text) => text.trim());

export function answered(item, response) {
  const kind = loaded.get(item.kind);
  return Boolean(kind && (kind.answered ?? given)(normal(item), response));
}

export const missing = (item) => loaded.get(item.kind)?.missing(normal(item)) ?? '';

export const reasons = (item, response, isRight) => loaded.get(item.kind)?.reasons(item, response, isRight) ?? [];

export const remark = (confidence, right) => (sure && confidence ? sure.remark(confidence, right) : null);

export const rubric = (item) => (model && item.key?.rubric ? model.rubric(item) : nothing);
