// The screens of a test: the start, one question, the look before handing in. What came of it is in outcome.js.
import {html, nothing} from '../../vendor/lit-html.js';
import {formatPercent, gettext, interpolate, ngettext} from '../i18n.js';
import {asked, hasKey} from '../sitting/test-file.js';
import {foreign, purposeOf, shape} from '../views/parts.js';
import {draw} from './items.js';
import {passedIn, summary} from './outcome.js';

const count = (singular, plural, n) => interpolate(ngettext(singular, plural, n), {count: n});

const MEANINGS = {
  pre: () => gettext('This test comes before the lessons. It shows what you know already and does not count for passing.'),
  post: () => gettext('This test comes after the lessons. It shows what you have learned and does not count for passing.'),
  graded: () => gettext('This test decides whether you pass the module.'),
  practice: () => gettext('Practise as often as you like. This test does not count for passing.'),
};

const decides = (test) => test.purpose === 'graded' || (test.purpose === 'practice' && test.decides);

const meaning = (test) =>
  test.purpose === 'practice' && test.decides ? nothing : html`<p data-purpose=${test.purpose}><strong>${purposeOf(test.purpose)}.</strong> ${MEANINGS[test.purpose]()}</p>`;

const timeLimit = ({minutes}) =>
  minutes
    ? html`<li data-rule="time">${count('You have %(count)s minute.', 'You have %(count)s minutes.', minutes)}
        ${gettext('The time runs on when you leave the test and when the tablet is off. When it is over, what you have answered is handed in by itself.')}</li>`
    : html`<li>${gettext('You can stop at any time and go on later, also without a network.')}</li>`;

const wayBack = ({one_by_one: oneByOne}) =>
  oneByOne
    ? html`<li data-rule="one-by-one">${gettext('One question after the other: you can not go back to an earlier question.')}</li>`
    : html`<li>${gettext('You can change your answers until you hand in.')}</li>`;

const tries = ({attempts}, left) =>
  attempts
    ? html`<li data-rule="attempts">${count('You can take this test %(count)s time.', 'You can take this test %(count)s times.', attempts)}
        ${count('%(count)s time is left.', '%(count)s times are left.', left)}</li>`
    : nothing;

const noneLeft = ({attempts}) => html`<div class="notice" data-none-left>
  <p>${count('You have taken this test, and it can be taken %(count)s time only.', 'You have taken this test %(count)s times, and it can not be taken more often.', attempts)}
  ${gettext('If you think that this is wrong, tell your trainer.')}</p></div>`;

export const rules = (test, left) => html`<ul>
  <li>${count('%(count)s question', '%(count)s questions', asked(test))}</li>
  ${decides(test) ? html`<li>${interpolate(gettext('You pass with %(share)s.'), {share: formatPercent(test.pass_mark / 100)})}</li>` : nothing}
  ${timeLimit(test)} ${wayBack(test)} ${tries(test, left)}
  ${hasKey(test) ? nothing : html`<li>${gettext('The answers are marked by the server: your result comes after the next contact.')}</li>`}
</ul>`;

// Once it was taken only a test that decides and is known not to be passed is a next step.
const isNext = (test, {last, marked}) => !last || (decides(test) && passedIn({last, marked}) === false);

// `state`: {last, marked, taken}, of which `last` may be null.
export function start(test, state, {begin, look}) {
  const {lang, dir} = foreign(test.language);
  const left = test.attempts ? Math.max(0, test.attempts - state.taken) : Infinity;
  return html`
    ${test.summary ? html`<p lang=${lang} dir=${dir}>${test.summary}</p>` : nothing}
    ${meaning(test)}
    ${state.last ? html`<div class="card"><p>${gettext('Your last result')}</p>${summary(state.last.test ?? test, state)}
      <button class="button" data-action="look" @click=${look}>${hasKey(test) ? gettext('See your answers') : gettext('See your result')}</button></div>` : nothing}
    ${rules(test, left)}
    ${left
      ? html`<button class="button button-wide ${isNext(test, state) ? 'button-primary' : ''}" data-action="begin" @click=${begin}>
          ${state.last ? gettext('Try again') : gettext('Begin the test')}
        </button>`
      : noneLeft(test)}`;
}

const previous = (index, turn, {one_by_one: oneByOne}) =>
  oneByOne ? html`<span></span>` : html`<button class="button" data-action="previous" ?disabled=${index < 0} @click=${() => turn(index)}>${gettext('Previous')}</button>`;

// `turn(index)`: go to a question; after the last comes the look before handing in. `blank`: said that there is no way back.
export function question(sheet, context, {turn, saved, blank}) {
  const {test, index, item} = sheet;
  const {items: {length}} = test;
  const {lang, dir} = foreign(test.language);
  return html`
    <progress max=${length} value=${index + 1} aria-hidden="true"></progress>
    <div data-question=${item.id} lang=${lang} dir=${dir}>${draw(item, context.response, context)}</div>
    ${saved}
    ${blank ? html`<div class="notice warn" role="alert" data-blank><p>${gettext('You have not answered this question, and you can not come back to it.')}</p></div>` : nothing}
    <div class="turn">
      ${previous(index - 1, turn, test)}
      <button class="button button-primary" data-action="next" @click=${() => turn(index + 1)}>
        ${blank ? gettext('Go on all the same') : index + 1 < length ? gettext('Next') : test.one_by_one ? gettext('To the end') : gettext('Look over your answers')}
      </button>
    </div>`;
}

export const position = ({test, index}) =>
  interpolate(gettext('Question %(number)s of %(count)s'), {number: index + 1, count: test.items.length});

const step = (sheet, {id}, index, turn) => {
  const answered = sheet.isAnswered(id);
  return html`<li><button class="button" data-step=${index} @click=${() => turn(index)}>
    ${shape(answered ? 'done' : 'empty')}<span><span class="visually-hidden">${gettext('Question')} </span>${index + 1}
    <span class="visually-hidden">${answered ? gettext('answered') : gettext('not answered')}</span></span>
  </button></li>`;
};

const stillOpen = (open) =>
  open
    ? html`<div class="notice warn" data-unanswered=${open}><p>${count('%(count)s question has no answer yet.', '%(count)s questions have no answer yet.', open)}
        ${gettext('A question without an answer counts as not right.')}</p></div>`
    : html`<p>${gettext('You have answered every question.')}</p>`;

export function review(sheet, {turn, handIn}) {
  const {test} = sheet;
  const open = test.items.filter(({id}) => !sheet.isAnswered(id)).length;
  return html`
    ${stillOpen(open)}
    ${test.one_by_one ? nothing : html`<ol class="steps">${test.items.map((item, index) => step(sheet, item, index, turn))}</ol>`}
    <p>${hasKey(test)
      ? gettext('After you hand in you can not change your answers. You see at once which were right, and why.')
      : gettext('After you hand in you can not change your answers.')}</p>
    <div class="turn">
      ${previous(test.items.length - 1, turn, test)}
      <button class="button button-primary" data-action="hand-in" @click=${handIn}>
        ${open ? gettext('Hand in all the same') : gettext('Hand in')}
      </button>
    </div>`;
}
