// The screens of a test, drawn from its file: the start, one question, the look before handing in, the result.
import {html, nothing} from '../../vendor/lit-html.js';
import {formatPercent, gettext, interpolate, ngettext} from '../i18n.js';
import {foreign, mark, shape, word} from '../views/parts.js';
import {choices, feedback} from './question.js';
import {isRight} from './score.js';

const count = (singular, plural, n) => interpolate(ngettext(singular, plural, n), {count: n});

export const start = (test, last, {begin, look}) => html`
  ${test.summary ? html`<p lang=${foreign(test.language).lang} dir=${foreign(test.language).dir}>${test.summary}</p>` : nothing}
  ${last ? html`<div class="card"><p>${gettext('Your last result')}</p>${verdict(last, test)}
    <button class="button" data-action="look" @click=${look}>${gettext('See your answers')}</button></div>` : nothing}
  <ul>
    <li>${count('%(count)s question', '%(count)s questions', test.questions.length)}</li>
    <li>${interpolate(gettext('You pass with %(share)s.'), {share: formatPercent(test.pass_mark / 100)})}</li>
    <li>${gettext('You can change your answers until you hand in.')}</li>
    <li>${gettext('You can stop at any time and go on later, also without a network.')}</li>
  </ul>
  <button class="button button-primary button-wide" data-action="begin" @click=${begin}>
    ${last ? gettext('Try again') : gettext('Begin the test')}
  </button>`;

// `turn(index)`: go to a question; after the last comes the look before handing in.
export function question(test, index, response, {change, turn, saved}) {
  const item = test.questions[index];
  const values = {number: index + 1, count: test.questions.length};
  return html`
    <progress max=${test.questions.length} value=${index + 1} aria-hidden="true"></progress>
    <div data-question=${item.id} lang=${foreign(test.language).lang} dir=${foreign(test.language).dir}>${choices(item, response, {change, heading: true})}</div>
    ${saved}
    <div class="turn">
      <button class="button" data-action="previous" ?disabled=${index === 0} @click=${() => turn(index - 1)}>${gettext('Previous')}</button>
      <button class="button button-primary" data-action="next" @click=${() => turn(index + 1)}>
        ${values.number < values.count ? gettext('Next') : gettext('Look over your answers')}
      </button>
    </div>`;
}

export const position = (test, index) =>
  interpolate(gettext('Question %(number)s of %(count)s'), {number: index + 1, count: test.questions.length});

export function review(test, responses, {turn, handIn, saved}) {
  const open = test.questions.map((item, index) => ({item, index})).filter(({item}) => !responses.get(item.id)?.length);
  return html`
    ${open.length
      ? html`<div class="notice warn" data-unanswered=${open.length}><p>${count('%(count)s question has no answer yet.', '%(count)s questions have no answer yet.', open.length)}
          ${gettext('A question without an answer counts as not right.')}</p></div>`
      : html`<p>${gettext('You have answered every question.')}</p>`}
    <ol class="steps">
      ${test.questions.map((item, index) => {
        const answered = Boolean(responses.get(item.id)?.length);
        return html`<li><button class="button" data-step=${index} @click=${() => turn(index)}>
          ${shape(answered ? 'done' : 'empty')}<span><span class="visually-hidden">${gettext('Question')} </span>${index + 1}
          <span class="visually-hidden">${answered ? gettext('answered') : gettext('not answered')}</span></span>
        </button></li>`;
      })}
    </ol>
    ${saved}
    <p>${gettext('After you hand in you can not change your answers. You see at once which were right, and why.')}</p>
    <div class="turn">
      <button class="button" data-action="previous" @click=${() => turn(test.questions.length - 1)}>${gettext('Previous')}</button>
      <button class="button button-primary" data-action="hand-in" @click=${handIn}>
        ${open.length ? gettext('Hand in all the same') : gettext('Hand in')}
      </button>
    </div>`;
}

export const verdict = (result, test) => html`<p class="verdict" data-result=${result.success ? 'passed' : 'failed'}>
    ${shape(result.success ? 'done' : 'again')} ${result.success ? gettext('Passed') : gettext('Not passed yet')}
  </p>
  <p class="score">${formatPercent(result.scaled)}</p>
  <p>${interpolate(gettext('%(right)s of %(count)s right. You pass with %(share)s.'), {
    right: result.raw,
    count: result.max,
    share: formatPercent(test.pass_mark / 100),
  })}</p>`;

export const result = (test, outcome, responses, {received, again, home}) => html`
  <div class="card">${verdict(outcome, test)} ${mark(received)}</div>
  ${outcome.success
    ? html`<a class="button button-primary button-wide" href=${home}>${gettext('Back to the module')}</a>`
    : html`<p>${gettext('Read the feedback below, look at the lessons once more, then try again. You may try as often as you need.')}</p>
        <a class="button button-wide" href=${home}>${gettext('Back to the module')}</a>
        <button class="button button-wide" data-action="again" @click=${again}>${gettext('Try again')}</button>`}
  <h2>${gettext('Your answers')}</h2>
  ${test.questions.map((item, index) => answerOf(item, index, responses.get(item.id) ?? [], foreign(test.language)))}`;

const answerOf = (item, index, response, {lang, dir}) => html`<section class="block-case" lang=${lang} dir=${dir} data-answer=${isRight(item, response) ? 'right' : 'wrong'}>
  <h3>${index + 1}. ${item.text}</h3>
  ${response.length ? nothing : html`<p>${word(gettext('You gave no answer.'))}</p>`}
  ${feedback(item, response)}
</section>`;
