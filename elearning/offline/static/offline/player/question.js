// <learner-question>: a knowledge check. In: item (of an old edition or a new one), answer ({response, success, confidence,
// received} or null), trouble (a sentence or null), fileUrl. Out: `answered` with {item, version, interaction, response, success, scaled,
// confidence}; success and scaled are null where only a person can mark.
import {html, nothing, render} from '../../vendor/lit-html.js';
import {gettext} from '../i18n.js';
import {mark as savedMark, word} from '../views/parts.js';
import {interaction, normal} from '../rules/items.js';
import {mark} from '../rules/marking.js';
import {score} from '../rules/scoring.js';
import {feedback} from './feedback.js';
import {answered, draw, isLoaded, missing, need, orderOf} from './items.js';
import {draw as drawChoices} from './items/choice.js';

export {feedback};
export const choices = (item, response, context) => drawChoices(normal(item), response, context);

function outcome(item, response) {
  const marked = mark(item, response);
  if (marked === null) return {success: null, scaled: null};
  return {success: marked.points === marked.out_of, scaled: score([marked], 100).scaled};
}

class LearnerQuestion extends HTMLElement {
  constructor() {
    super();
    Object.assign(this, {response: [], confidence: null, order: null, round: 0, pending: null});
    Object.assign(this, {again: false, missing: false, busy: false, broken: false});
  }

  connectedCallback() {
    this.draw();
  }

  // lit-html sets an object again with every drawing.
  set item(item) {
    if (item === this.source) return;
    this.source = item;
    this.question = normal(item);
    this.prepare();
  }

  set answer(answer) {
    const fresh = answer?.id !== this.given?.id;
    this.given = answer;
    // The marks of the earlier answer may come in anew while the next one is being kept.
    if (!fresh) return void this.draw();
    const submitted = this.busy && answer;
    Object.assign(this, {again: false, busy: false});
    this.draw();
    // The button that had the focus is gone: the reader goes on with the feedback.
    if (submitted) this.querySelector('.feedback')?.focus();
  }

  set trouble(sentence) {
    this.problem = sentence;
    if (sentence) this.busy = false;
    this.draw();
  }

  // Loads the kind and mixes the order of this round. Until then the question keeps its room and shows nothing.
  async prepare() {
    const mine = (this.pending = {});
    this.draw();
    try {
      await need([this.question]);
      const order = await orderOf(`${this.question.id} ${this.round}`, this.question);
      if (this.pending === mine) this.order = order;
    } catch (error) {
      console.error(error);
      this.broken = !isLoaded(this.question);
    }
    if (this.pending !== mine) return;
    this.pending = null;
    this.draw();
  }

  submit(event) {
    event.preventDefault();
    if (this.busy || this.pending) return;
    this.missing = !answered(this.question, this.response);
    if (!this.missing) {
      this.busy = true;
      const {id, version} = this.question;
      const {response, confidence} = this;
      const detail = {item: id, version, interaction: interaction(this.question), response, confidence, ...outcome(this.question, response)};
      this.dispatchEvent(new CustomEvent('answered', {detail}));
    }
    this.draw();
  }

  async startAgain() {
    Object.assign(this, {again: true, response: [], confidence: null, round: this.round + 1});
    await this.prepare();
    this.querySelector('input, select, textarea, [tabindex="0"], button')?.focus();
  }

  change(response) {
    Object.assign(this, {response, missing: false});
    this.draw();
  }

  changeConfidence(confidence) {
    this.confidence = confidence;
    this.draw();
  }

  draw() {
    if (!this.isConnected || !this.question) return;
    const shown = this.given && !this.again;
    this.classList.toggle('pending', Boolean(this.pending));
    if (this.broken) return render(html`<p class="notice warn">${word(gettext('This question could not be opened. Go back and open the lesson again.'))}</p>`, this);
    if (!isLoaded(this.question) && this.pending) return;
    render(shown ? this.telling() : this.asking(), this);
  }

  context(more) {
    return {order: this.order, fileUrl: this.fileUrl, lang: this.closest('[lang]')?.lang, ...more};
  }

  asking() {
    const context = this.context({
      change: (response) => this.change(response),
      confidence: this.confidence,
      changeConfidence: (confidence) => this.changeConfidence(confidence),
    });
    return html`<form class="stack" @submit=${(event) => this.submit(event)}>
      ${draw(this.question, this.response, context)}
      ${this.missing ? html`<p role="alert">${word(missing(this.question))}</p>` : nothing}
      ${this.problem ? html`<div class="notice bad" role="alert"><p>${word(this.problem)}</p></div>` : nothing}
      <button class="button button-primary" data-action="answer">${word(gettext('Answer'))}</button>
    </form>`;
  }

  telling() {
    const {response, received, confidence = null} = this.given;
    const context = this.context({change: () => {}, locked: true, confidence, changeConfidence: confidence && (() => {})});
    return html`<div class="stack">
      ${draw(this.question, response, context)}
      ${feedback(this.question, response, {confidence})}
      ${savedMark(Boolean(received))}
      <button class="button" data-action="again" @click=${() => this.startAgain()}>${word(gettext('Answer again'))}</button>
    </div>`;
  }
}

if (!customElements.get('learner-question')) customElements.define('learner-question', LearnerQuestion);
