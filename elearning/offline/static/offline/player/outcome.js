// What came of an attempt: the score and the feedback where the tablet has the key, else what the server says of it.
import {html, nothing} from '../../vendor/lit-html.js';
import {formatNumber, formatPercent, gettext, interpolate} from '../i18n.js';
import {isMarked} from '../sitting/results.js';
import {hasKey} from '../sitting/test-file.js';
import {foreign, mark, shape, word} from '../views/parts.js';
import {feedback, verdictOf} from './feedback.js';

const passMark = (test) => interpolate(gettext('You pass with %(share)s.'), {share: formatPercent(test.pass_mark / 100)});

// `passed` null: this test decides nothing.
const verdict = (scaled, passed) => html`${passed === null
    ? nothing
    : html`<p class="verdict" data-result=${passed ? 'passed' : 'failed'}>
        ${shape(passed ? 'done' : 'again')} ${passed ? gettext('Passed') : gettext('Not passed yet')}
      </p>`}
  <p class="score">${formatPercent(scaled)}</p>`;

const ownScore = (test, {scaled, raw, max, success}) => {
  const values = {right: formatNumber(raw, {maximumFractionDigits: 1}), count: max, share: formatPercent(test.pass_mark / 100)};
  const line = test.decides ? gettext('%(right)s of %(count)s right. You pass with %(share)s.') : gettext('%(right)s of %(count)s right.');
  return html`${verdict(scaled, test.decides ? success : null)}<p>${interpolate(line, values)}</p>`;
};

const said = (test, {scaled, passed}) => html`${verdict(scaled, test.purpose === 'graded' || test.decides ? passed : null)}
  ${test.purpose === 'graded' ? html`<p>${passMark(test)}</p>` : nothing}`;

const waits = (state) => html`<p class="verdict" data-result=${state}>${shape('saved')} ${gettext('Handed in.')}</p>
  <p>${state === 'to-mark'
    ? gettext('A trainer reads what you have written. Your result comes at a contact after that.')
    : gettext('Your result comes after the next contact.')}</p>`;

// In a card, on the start page and above the answers. What the server says is final.
export function summary(test, {last, marked}) {
  if (isMarked(marked)) return said(test, marked);
  if (last.result && last.result.scaled !== null) return ownScore(test, last.result);
  return waits(last.result ? 'to-mark' : (marked?.state ?? 'handed-in'));
}

const byObjective = (rows, objectives, {lang, dir}) =>
  rows.length
    ? html`<h2>${gettext('By learning objective')}</h2>
        <ul data-objectives>${rows.map(({objective, share, mastered}) => html`<li data-objective=${objective} data-mastered=${mastered ? 'yes' : 'no'}>
          <span lang=${lang} dir=${dir}>${objectives.find(({id}) => id === objective)?.text ?? gettext('Another objective')}</span><br>
          <span class="state">${shape(mastered ? 'done' : 'half')} <span>${mastered ? gettext('Reached') : gettext('Not reached yet')} · ${formatPercent(share)}</span></span>
        </li>`)}</ul>`
    : nothing;

const comment = (items, {item, points, out_of: most, comment: text}, {lang, dir}) => html`<section class="block-case" data-comment=${item}>
  <h3 lang=${lang} dir=${dir}>${items.find(({id}) => id === item)?.text ?? gettext('Your answer')}</h3>
  <p>${interpolate(gettext('%(points)s of %(count)s points'), {points, count: most})}</p>
  ${text ? html`<p dir="auto">${text}</p>` : nothing}
</section>`;

const comments = (rows, items, language) =>
  rows.length ? html`<h2>${gettext('What your trainer says')}</h2>${rows.map((row) => comment(items, row, language))}` : nothing;

const LOOKS = {right: 'right', partly: 'wrong', wrong: 'wrong', person: 'person'};

const answered = (item, number, {response = [], confidence = null} = {}, {lang, dir}) => html`<section class="block-case" lang=${lang} dir=${dir} data-answer=${LOOKS[verdictOf(item, response)]}>
  <h3>${number}. ${item.text}</h3>
  ${response.length ? nothing : html`<p>${word(gettext('You gave no answer.'))}</p>`}
  ${feedback(item, response, {confidence})}
</section>`;

const withFeedback = (test, answers, language) => html`<h2>${gettext('Your answers')}</h2>
  ${test.items.map((item, index) => answered(item, index + 1, answers[item.id], language))}`;

const mayTryAgain = (offered, taken) => Boolean(offered) && (!offered.attempts || taken < offered.attempts);

// Null: not known yet, or the test decides nothing.
export const passedIn = ({last, marked}) => (isMarked(marked) ? marked.passed : last.result?.success) ?? null;

const measuresOnly = ({purpose}) => ['pre', 'post'].includes(purpose);

function next(test, {last, marked, taken, offered}, {again, home}) {
  const back = (look) => html`<a class="button ${look} button-wide" href=${home}>${gettext('Back to the module')}</a>`;
  const known = isMarked(marked) || (last.result && last.result.scaled !== null);
  if (passedIn({last, marked}) || !known || measuresOnly(test) || !mayTryAgain(offered, taken)) return back('button-primary');
  return html`${hasKey(test)
      ? html`<p>${gettext('Read the feedback below, look at the lessons once more, then try again. You may try as often as you need.')}</p>`
      : nothing}
    ${back('')}
    <button class="button button-wide" data-action="again" @click=${again}>${gettext('Try again')}</button>`;
}

// `state`: {last, marked, objectives, taken, offered}.
export function outcome(test, state, actions) {
  const {last, marked, objectives} = state;
  const language = foreign(test.language);
  return html`
    ${last.over ? html`<div class="notice" data-over><p>${gettext('The time was over. What you had answered was handed in.')}</p></div>` : nothing}
    <div class="card">${summary(test, state)} ${mark(actions.received)}</div>
    ${next(test, state, actions)}
    ${isMarked(marked) ? byObjective(marked.objectives ?? [], objectives, language) : nothing}
    ${comments((isMarked(marked) && marked.comments) || [], test.items ?? [], language)}
    ${hasKey(test) && last.answers ? withFeedback(test, last.answers, language) : nothing}`;
}
