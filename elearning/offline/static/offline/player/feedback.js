// What an answer is told: the verdict, what was right in it, what should have been, why, and where it stands. Never only a tick.
import {html, nothing} from '../../vendor/lit-html.js';
import {gettext} from '../i18n.js';
import {shape, word} from '../views/parts.js';
import {normal} from '../rules/items.js';
import {mark} from '../rules/marking.js';
import {reasons, remark, rubric} from './items.js';

const isWhole = (marked) => marked !== null && marked.points === marked.out_of;
const isRight = (item, response) => isWhole(mark(item, response));

// 'right', 'partly', 'wrong', or 'person' where only a person can say. Partly: something in it is right, whether it counts or not.
export function verdictOf(given, response) {
  const item = normal(given);
  const marked = mark(item, response);
  if (marked === null) return 'person';
  if (isWhole(marked)) return 'right';
  const some = mark({...item, key: {...item.key, scoring: 'partial'}}, response);
  return some.points > 0 ? 'partly' : 'wrong';
}

const VERDICTS = {
  right: ['right', 'done', () => gettext('Right')],
  partly: ['wrong', 'half', () => gettext('Partly right')],
  wrong: ['wrong', 'again', () => gettext('Not right')],
  person: ['person', 'empty', () => gettext('A trainer reads this answer.')],
};

const more = ([label, text]) => html`<span class="more"><span class="kind">${word(label)}</span> <strong dir="auto">${text}</strong></span>`;

const reason = ({right, said, text, more: lines = [], why}) => html`<li data-reason=${right ? 'right' : 'wrong'}>
  ${said ? html`<span class="kind">${word(said)}</span>` : nothing} ${text ? html`<strong dir="auto">${text}</strong>` : nothing}
  ${lines.map(more)} ${why ?? nothing}</li>`;

const sureness = (confidence, verdict) => {
  const sentence = verdict === 'person' ? null : remark(confidence, verdict === 'right');
  return sentence ? html`<p>${word(sentence)}</p>` : nothing;
};

// Nothing for an item without its key. The kinds must be loaded (items.js, need).
export function feedback(given, response, {confidence = null} = {}) {
  const item = normal(given);
  if (!item.key) return nothing;
  const verdict = verdictOf(item, response);
  const [look, icon, name] = VERDICTS[verdict];
  return html`<div class="feedback ${look}" data-feedback=${look} data-verdict=${verdict} tabindex="-1">
    <p class="verdict">${shape(icon)} ${word(name())}</p>
    ${sureness(confidence, verdict)}
    <ul>${reasons(item, response, isRight).map(reason)}</ul>
    ${rubric(item)}
    ${item.explanation ? html`<p>${item.explanation}</p>` : nothing}
    ${item.source ? html`<p class="source">${word(gettext('Source:'))} ${item.source}</p>` : nothing}
  </div>`;
}
