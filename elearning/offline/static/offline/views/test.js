// A test: one question a screen. A tick is kept at once, so a tablet that dies loses nothing, and becomes an answer when it has
// settled or the officer goes on; an attempt that is open goes on where it was, with the questions it was begun with.
import {html, nothing, render} from '../../vendor/lit-html.js';
import * as editions from '../editions.js';
import * as record from '../record.js';
import {emit, on} from '../store.js';
import {moduleState} from '../sync.js';
import {current} from '../session.js';
import {gettext, needFonts} from '../i18n.js';
import * as screens from '../player/test.js';
import {isRight, scoreOf} from '../player/score.js';
import {foreign, mark, missing, notSaved} from './parts.js';

const SETTLED = 900;
const LOOK = 'look';

export async function show(host, {module, part}) {
  const manifest = await editions.manifest(module);
  const learned = await moduleState(module);
  // An attempt keeps its own copy of the test, so it goes on even when the module was deleted.
  const offered = manifest && (await editions.part(module, part));
  if (!offered && !learned.attempt) return void render(missing(), host);
  const sitting = new Sitting(host, {module, part, manifest, offered});
  await sitting.open(Boolean(learned.attempt));
  return () => sitting.close();
}

class Sitting {
  constructor(host, {module, part, manifest, offered}) {
    Object.assign(this, {host, module, part, manifest, test: offered});
    Object.assign(this, {screen: 'start', index: 0, attempt: null, result: null, last: null, trouble: null, saved: null, timer: null, received: false});
    this.responses = new Map();
    // Ticked and no answer yet; of these, what is kept as a draft on this tablet.
    this.unsaved = new Map();
    this.drafts = new Map();
    this.statements = new Map();
    this.me = current().id;
    this.off = on('status', () => this.marks());
    // Before the tablet sleeps or the page goes: what stands on the screen is kept at once.
    this.hide = () => document.visibilityState === 'hidden' && this.keep();
    document.addEventListener('visibilitychange', this.hide);
  }

  async open(resume) {
    this.last = await record.lastAttempt(this.part);
    if (resume) await this.begin();
    else this.draw();
  }

  async close() {
    this.off();
    document.removeEventListener('visibilitychange', this.hide);
    await this.keep();
  }

  get ctx() {
    return {manifest: this.edition ?? this.manifest};
  }

  async begin() {
    try {
      const attempt = await record.beginAttempt(this.ctx, this.test);
      Object.assign(this, {attempt: attempt.attempt, test: attempt.test, edition: attempt.manifest, result: null, trouble: null});
      const kept = Object.entries(attempt.answers);
      this.responses = new Map(kept.map(([item, answer]) => [item, answer.response]));
      this.statements = new Map(kept.map(([item, answer]) => [item, answer.statement]));
      this.takeUp(attempt);
      this.index = Math.min(attempt.index, this.test.questions.length);
      this.screen = this.index === this.test.questions.length ? LOOK : 'question';
    } catch (error) {
      this.trouble = notSaved(error);
    }
    await this.marks();
    this.arrive();
  }

  // What was ticked when the tablet died.
  takeUp({answers, drafts}) {
    const same = (item, response) => answers[item]?.response.join() === response.join();
    this.unsaved = new Map(Object.entries(drafts).filter(([item, response]) => !same(item, response)));
    this.drafts = new Map(this.unsaved);
    for (const [item, response] of this.unsaved) this.responses.set(item, response);
    if (this.unsaved.size) this.settle();
  }

  change(response) {
    const item = this.test.questions[this.index];
    this.responses.set(item.id, response);
    this.unsaved.set(item.id, response);
    this.saved = null;
    this.settle();
    this.draw();
    this.keepDraft(item.id, response);
  }

  settle() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep().then(() => this.draw()), SETTLED);
  }

  async keepDraft(item, response) {
    try {
      await record.saveDraft(this.attempt, {index: this.index, draft: {[item]: response}});
      this.drafts.set(item, response);
      await this.marks();
    } catch (error) {
      this.trouble = notSaved(error);
      this.draw();
    }
  }

  // Writes what stands on the screen and is not kept yet; true when nothing is left unsaved.
  async keep() {
    clearTimeout(this.timer);
    for (const [id, response] of [...this.unsaved]) {
      const item = this.test.questions.find((candidate) => candidate.id === id);
      const success = isRight(item, response);
      const given = {item: id, part: this.part, response, success, scaled: success ? 1 : 0, attempt: this.attempt};
      try {
        const {id: statement} = await record.answered(this.ctx, given);
        this.statements.set(id, statement);
        if (this.unsaved.get(id) === response) this.unsaved.delete(id);
        this.trouble = null;
      } catch (error) {
        this.trouble = notSaved(error);
      }
    }
    await this.marks();
    return !this.unsaved.size;
  }

  async turn(index) {
    if (!(await this.keep())) return this.draw();
    this.index = index;
    this.screen = index === this.test.questions.length ? LOOK : 'question';
    await record.saveDraft(this.attempt, {index}).catch(() => {});
    await this.marks();
    this.arrive();
  }

  async handIn() {
    if (!(await this.keep())) return this.draw();
    try {
      this.responses = await record.responsesOf(this.attempt);
      const closed = await record.handIn(this.ctx, this.test, this.attempt, scoreOf(this.test, this.responses));
      this.result = closed.result;
      this.last = closed;
      this.screen = 'result';
      this.received = false;
      await this.marks();
    } catch (error) {
      this.trouble = notSaved(error);
    }
    this.arrive();
  }

  look() {
    const {test, answers, result} = this.last;
    Object.assign(this, {test, result, screen: 'result'});
    this.responses = new Map(Object.entries(answers).map(([item, answer]) => [item, answer.response]));
    this.statements = new Map(Object.entries(answers).map(([item, answer]) => [item, answer.statement]));
    this.marks().then(() => this.arrive());
  }

  // Which mark the screen may carry: of this question's answer, or of all of them once they are handed in.
  async marks() {
    if (current()?.id !== this.me) return;
    const item = this.screen === 'question' ? this.test?.questions[this.index]?.id : null;
    if (item) {
      const ticked = this.unsaved.get(item);
      const statement = ticked ? null : this.statements.get(item);
      const received = statement ? await record.isReceived(statement) : null;
      this.saved = ticked && this.drafts.get(item) === ticked ? false : received;
    } else if (this.screen === 'result') {
      this.received = await record.attemptReceived(this.part, this.last.attempt);
    }
    this.draw();
  }

  arrive() {
    this.draw();
    if (!this.host.isConnected) return;
    scrollTo(0, 0);
    const heading = this.host.querySelector('h1');
    heading.tabIndex = -1;
    heading.focus({preventScroll: true});
    emit('title', heading.textContent.trim());
  }

  heading() {
    if (this.screen === 'question') return this.test.questions[this.index].text;
    if (this.screen === LOOK) return gettext('Before you hand in');
    if (this.screen === 'result') return gettext('Your result');
    return this.test.heading;
  }

  body() {
    const turn = (index) => this.turn(index);
    if (this.screen === 'question') {
      const response = this.responses.get(this.test.questions[this.index].id) ?? [];
      return screens.question(this.test, this.index, response, {change: (given) => this.change(given), turn, saved: mark(this.saved)});
    }
    if (this.screen === LOOK) return screens.review(this.test, this.responses, {turn, handIn: () => this.handIn(), saved: nothing});
    if (this.screen === 'result') {
      const actions = {received: this.received, again: () => this.begin(), home: `#/module/${this.module}`};
      return screens.result(this.test, this.result, this.responses, actions);
    }
    return screens.start(this.test, this.last, {begin: () => this.begin(), look: () => this.look()});
  }

  draw() {
    if (!this.test) return;
    needFonts(this.test.language);
    const {lang, dir} = foreign(this.test.language);
    const ours = [LOOK, 'result'].includes(this.screen);
    render(
      html`<div class="stack" data-page="test" data-screen=${this.screen}>
        <p class="row row-between">
          <a class="back" href="#/module/${this.module}">${this.screen === 'question' ? gettext('Stop here, go on later') : gettext('Back to the module')}</a>
          ${this.screen === 'question' ? html`<span data-position>${screens.position(this.test, this.index)}</span>` : nothing}
        </p>
        <h1 lang=${ours ? nothing : lang} dir=${ours ? nothing : dir} class=${this.screen === 'question' ? 'question' : nothing}>${this.heading()}</h1>
        ${this.trouble ? html`<div class="notice bad" role="alert"><p>${this.trouble}</p></div>` : nothing}
        ${this.body()}
      </div>`,
      this.host,
    );
  }
}
