// A sentence with gaps to fill in.
import {html} from '../../../vendor/lit-html.js';
import {gettext, interpolate} from '../../i18n.js';
import {frame, orNone, typed} from './frame.js';

export const gapsOf = (item) => item.parts.filter(({gap}) => gap).map(({gap}) => gap);

const name = (number) => interpolate(gettext('Gap %(number)s'), {number});

export const answered = (item, response) => gapsOf(item).every((_gap, index) => response[index]?.trim());

export const missing = () => gettext('Fill in every gap first.');

const filled = (item, response, index, text) => orNone(gapsOf(item).map((_gap, at) => (at === index ? typed(text) : response[at] ?? '')));

// As wide as the widest right answer would tell the answer: every gap is equally wide.
const field = (item, response, index, {change}) => html`<span class="gap"><span class="gap-number" aria-hidden="true">${index + 1}</span><input
  class="input" type="text" dir="auto" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" aria-label=${name(index + 1)} data-gap=${index}
  .value=${response[index] ?? ''} @input=${(event) => change(filled(item, response, index, event.target.value))}></span>`;

export function draw(item, response, context) {
  const gaps = gapsOf(item);
  const parts = item.parts.map(({text, gap}) => (gap ? field(item, response, gaps.indexOf(gap), context) : text));
  return frame(item, gettext('Write one word or number in each gap.'), html`<p class="gaps">${parts}</p>`, context);
}

// Whether a spelling counts is for the rules to say: the item is asked again with this gap alone.
export function reasons(item, response, isRight) {
  return gapsOf(item).map((gap, index) => {
    const mine = response[index]?.trim() ?? '';
    const only = {...item, parts: [{gap}], key: {...item.key, accepted: {[gap]: item.key.accepted[gap]}}};
    const right = Boolean(mine) && isRight(only, [mine]);
    const said = right ? gettext('Gap %(number)s, right:') : mine ? gettext('Gap %(number)s, not right:') : gettext('Gap %(number)s, left open.');
    const more = right ? [] : [[gettext('Right is:'), item.key.accepted[gap][0]]];
    return {right, said: interpolate(said, {number: index + 1}), text: mine, more};
  });
}
