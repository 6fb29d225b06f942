// The parts of a question: its choices, and the feedback that names what was right, why, and where it stands.
// <learner-question>: a knowledge check. In: item, answer ({response, success, received} or null), trouble (a sentence
// or null). Out: `answered` with {item, response, success, scaled}.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {gettext} from '../i18n.js';
import {mark, shape, word} from '../views/parts.js';
import {isRight} from './score.js';

export const toggled = (item, response, choice, checked) => {
  if (item.kind !== 'multiple') return [choice];
  return item.choices.map(({id}) => id).filter((id) => (id === choice ? checked : response.includes(id)));
};

const hint = (item) => (item.kind === 'multiple' ? gettext('Choose every answer that is right.') : gettext('Choose one answer.'));

// `heading`: the question's text is already on the page, as its heading.
export const choices = (item, response, {change, locked = false, heading = false}) => html`<fieldset ?disabled=${locked}>
  <legend>${heading ? html`<span class="visually-hidden">${item.text}</span>` : item.text}<span class="help">${word(hint(item))}</span></legend>
  <div class="choices">
    ${item.choices.map(
      (choice) => html`<label class="choice ${response.includes(choice.id) ? 'chosen' : ''}" aria-disabled=${locked ? 'true' : nothing}>
        <input type=${item.kind === 'multiple' ? 'checkbox' : 'radio'} name=${item.id} value=${choice.id}
          .checked=${response.includes(choice.id)} @change=${(event) => change(toggled(item, response, choice.id, event.target.checked))}>
        <span>${choice.text}</span>
      </label>`,
    )}
  </div>
</fieldset>`;

const verdictOf = (item, response) => {
  if (isRight(item, response)) return ['right', 'done', gettext('Right')];
  const some = item.choices.some((choice) => choice.correct && response.includes(choice.id));
  return ['wrong', 'again', some ? gettext('Partly right') : gettext('Not right')];
};

// What was chosen, and what should have been: each with its own reason.
const reasons = (item, response) =>
  item.choices
    .filter((choice) => choice.correct || response.includes(choice.id))
    .map((choice) => {
      const chosen = response.includes(choice.id);
      const said = choice.correct
        ? chosen ? gettext('You chose this, and it is right:') : gettext('This is right too:')
        : gettext('You chose this, and it is not right:');
      const missed = choice.correct && !chosen && item.kind !== 'multiple' ? gettext('This is right:') : said;
      return html`<li><span class="kind">${word(missed)}</span> <strong>${choice.text}</strong> ${choice.feedback}</li>`;
    });

export function feedback(item, response) {
  const [look, icon, verdict] = verdictOf(item, response);
  return html`<div class="feedback ${look}" data-feedback=${look} tabindex="-1">
    <p class="verdict">${shape(icon)} ${word(verdict)}</p>
    <ul>${reasons(item, response)}</ul>
    ${item.explanation ? html`<p>${item.explanation}</p>` : nothing}
    ${item.source ? html`<p class="source">${word(gettext('Source:'))} ${item.source}</p>` : nothing}
  </div>`;
}

class LearnerQuestion extends HTMLElement {
  constructor() {
    super();
    this.response = [];
    this.again = false;
    this.missing = false;
    this.busy = false;
  }

  connectedCallback() {
    this.draw();
  }

  set item(item) {
    this.question = item;
    this.draw();
  }

  set answer(answer) {
    if (answer?.id !== this.given?.id) this.again = false;
    this.given = answer;
    const submitted = this.busy && answer;
    this.busy = false;
    this.draw();
    // The button that had the focus is gone: the reader goes on with the feedback.
    if (submitted) this.querySelector('.feedback')?.focus();
  }

  set trouble(sentence) {
    this.problem = sentence;
    if (sentence) this.busy = false;
    this.draw();
  }

  submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.missing = !this.response.length;
    if (!this.missing) {
      this.busy = true;
      const success = isRight(this.question, this.response);
      const detail = {item: this.question.id, response: this.response, success, scaled: success ? 1 : 0};
      this.dispatchEvent(new CustomEvent('answered', {detail}));
    }
    this.draw();
  }

  startAgain() {
    Object.assign(this, {again: true, response: []});
    this.draw();
    this.querySelector('input')?.focus();
  }

  choose(response) {
    Object.assign(this, {response, missing: false});
    this.draw();
  }

  draw() {
    if (!this.isConnected || !this.question) return;
    const shown = this.given && !this.again;
    render(shown ? this.answered() : this.asking(), this);
  }

  asking() {
    return html`<form class="stack" @submit=${(event) => this.submit(event)}>
      ${choices(this.question, this.response, {change: (response) => this.choose(response)})}
      ${this.missing ? html`<p role="alert">${word(gettext('Choose an answer first.'))}</p>` : nothing}
      ${this.problem ? html`<div class="notice bad" role="alert"><p>${word(this.problem)}</p></div>` : nothing}
      <button class="button button-primary" data-action="answer">${word(gettext('Answer'))}</button>
    </form>`;
  }

  answered() {
    const {response, received} = this.given;
    return html`<div class="stack">
      ${choices(this.question, response, {change: () => {}, locked: true})}
      ${feedback(this.question, response)}
      ${mark(Boolean(received))}
      <button class="button" data-action="again" @click=${() => this.startAgain()}>${word(gettext('Answer again'))}</button>
    </div>`;
  }
}

if (!customElements.get('learner-question')) customElements.define('learner-question', LearnerQuestion);
