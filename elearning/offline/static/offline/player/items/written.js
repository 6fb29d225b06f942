// A short answer that the rules mark, and a long one that a person marks.
import {html, nothing} from '../../../vendor/lit-html.js';
import {gettext, interpolate, language, ngettext} from '../../i18n.js';
import {word} from '../../views/parts.js';
import {frame, orNone, typed} from './frame.js';
import {countWords} from './words.js';

// From this share of the words on, a reader who does not see the count is told it.
const NEAR = 0.9;

export const missing = () => gettext('Write your answer first.');

const given = (event, change) => change(orNone([typed(event.target.value)]));

const line = (item, text, {change}) => html`<label class="field">${word(gettext('Your answer'))}
  <input type="text" dir="auto" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" name=${item.id}
    .value=${text} @input=${(event) => given(event, change)}></label>`;

export const left = (item, count) => {
  const over = count - item.words;
  if (over > 0) return interpolate(ngettext('%(count)s word too many', '%(count)s words too many', over), {count: over});
  return interpolate(ngettext('%(count)s word left', '%(count)s words left', -over), {count: -over});
};

const counted = (item, count) => html`<p class="help" data-words=${count}>
    ${word(interpolate(gettext('%(count)s of at most %(most)s words'), {count, most: item.words}))}
    ${count > item.words ? html`<strong>${word(left(item, count))}</strong>` : nothing}</p>
  <p class="visually-hidden" role="status" lang=${language()}>${count >= item.words * NEAR ? left(item, count) : nothing}</p>`;

function area(item, text, {change, locked, lang}) {
  if (locked) return html`<p class="written" dir="auto">${text}</p>`;
  return html`<label class="field">${word(gettext('Your answer'))}
      <textarea rows="6" dir="auto" name=${item.id} .value=${text} @input=${(event) => given(event, change)}></textarea></label>
    ${item.words ? counted(item, countWords(text, lang ?? language())) : nothing}`;
}

export function draw(item, [text = ''], context) {
  const long = item.kind === 'long';
  const help = long ? gettext('Write in your own words. A trainer reads your answer.') : gettext('Write a short answer.');
  return frame(item, help, (long ? area : line)(item, text, context), context);
}

export function reasons(item, [text = ''], isRight) {
  if (item.kind === 'long') return [];
  const right = isRight(item, [text]);
  const said = right ? gettext('You wrote this, and it is right:') : gettext('You wrote this, and it is not right:');
  const more = right ? [] : [[gettext('Right is:'), item.key.accepted[0]]];
  return [{right, said: text ? said : '', text, more}];
}
