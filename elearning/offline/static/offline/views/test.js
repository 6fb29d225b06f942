// A test: one question a screen. A tick is kept at once, so a tablet that dies loses nothing, and becomes an answer when it has
// settled or the officer goes on; an attempt that is open goes on where it was, with the questions it was begun with.
import {html, nothing, render} from '../../vendor/lit-html.js';
import * as editions from '../editions.js';
import * as record from '../record.js';
import {emit, on} from '../store.js';
import {refresh} from '../sync.js';
import {current} from '../session.js';
import {gettext, needFonts} from '../i18n.js';
import {need} from '../player/items.js';
import * as screens from '../player/test.js';
import {outcome} from '../player/outcome.js';
import {timeLeft} from '../player/time.js';
import * as attempts from '../sitting/attempts.js';
import {handInOverdue} from '../sitting/overdue.js';
import {isMarked, resultsOf} from '../sitting/results.js';
import {Sheet} from '../sitting/sheet.js';
import {asTest} from '../sitting/test-file.js';
import {foreign, mark, missing, notSaved} from './parts.js';

const SETTLED = 900;
const SECOND = 1000;
// How often the time is noted, in seconds.
const NOTED = 5;
const ASK_AGAIN = 30000;
// One tap is an answer here; of the other kinds an answer is made when the officer goes on.
const TAPPED = ['single', 'multiple', 'truefalse', 'spot'];
const LOOK = 'look';

export async function show(host, {module, part}) {
  await handInOverdue().catch((error) => console.warn('Not handed in:', error.name));
  const manifest = await editions.manifest(module);
  // An attempt keeps its own copy of the test, so it goes on even when the module was deleted.
  const offered = asTest(manifest && (await editions.part(module, part)));
  const open = await attempts.openAttempt(part);
  if (!offered && !open) return void render(missing(), host);
  const sitting = new Sitting(host, {module, part, manifest, offered});
  await sitting.open(Boolean(open));
  return () => sitting.close();
}

class Sitting {
  constructor(host, {module, part, manifest, offered}) {
    Object.assign(this, {host, module, part, manifest, test: offered, sheet: null});
    Object.assign(this, {screen: 'start', last: null, marked: null, taken: 0, trouble: null, blank: false, saved: null, received: false});
    Object.assign(this, {timer: null, ticks: 0, busy: false, asked: 0});
    this.me = current().id;
    this.off = on('status', () => this.marks());
    this.ticking = setInterval(() => this.tick(), SECOND);
    // Before the tablet sleeps or the page goes: what stands on the screen is kept at once.
    this.hide = () => document.visibilityState === 'hidden' && this.keep();
    document.addEventListener('visibilitychange', this.hide);
  }

  async open(resume) {
    await this.lookBack();
    if (resume) await this.begin();
    else this.draw();
  }

  async close() {
    this.off();
    clearInterval(this.ticking);
    document.removeEventListener('visibilitychange', this.hide);
    if (!this.sheet) return;
    await this.keep();
    await this.sheet?.note().catch(() => {});
  }

  // The latest attempt that was handed in, here or on another tablet, and what the server says of it.
  async lookBack() {
    const results = await resultsOf(this.part);
    this.last = await attempts.lastAttempt(this.part);
    this.taken = (await attempts.takenOf(this.part)).size;
    const newest = results[results.length - 1];
    if (newest && Date.parse(newest.handed_in) > Date.parse(this.last?.handedIn ?? 0)) this.last = {attempt: newest.attempt, test: null};
    this.marked = results.find((row) => row.attempt === this.last?.attempt) ?? null;
  }

  get ctx() {
    return {manifest: this.manifest};
  }

  get of() {
    const past = this.screen === 'result' ? this.last.test : null;
    return this.sheet?.test ?? past ?? this.test;
  }

  async begin() {
    try {
      const attempt = await attempts.beginAttempt(this.ctx, this.test);
      await need(attempt.test.items);
      Object.assign(this, {sheet: new Sheet(attempt), edition: attempt.manifest, trouble: null, blank: false});
      await this.sheet.note();
      this.screen = this.sheet.atEnd ? LOOK : 'question';
      this.settle();
    } catch (error) {
      if (error instanceof attempts.NoneLeft) await this.lookBack();
      else this.trouble = notSaved(error);
    }
    await this.marks();
    this.arrive();
  }

  change(item, changed) {
    if (!this.sheet || this.sheet.left() <= 0) return;
    this.sheet.change(item.id, changed);
    Object.assign(this, {saved: null, blank: false});
    if (TAPPED.includes(item.kind)) this.settle();
    this.draw();
    this.sheet.keepDrafts().then(() => this.marks(), (error) => this.fail(error));
  }

  fail(error) {
    this.trouble = notSaved(error);
    this.draw();
  }

  settle() {
    clearTimeout(this.timer);
    if (this.sheet?.unsaved.size) this.timer = setTimeout(() => this.keep().then(() => this.draw()), SETTLED);
  }

  // Writes what stands on the screen and is not kept yet; true when nothing is left unsaved.
  async keep() {
    clearTimeout(this.timer);
    const sheet = this.sheet;
    if (!sheet) return true;
    let whole = false;
    try {
      whole = await sheet.keep();
      this.trouble = null;
    } catch (error) {
      if (error instanceof attempts.GoneBy) return this.startOver();
      this.trouble = notSaved(error);
    }
    await this.marks();
    return whole;
  }

  // Another tab has gone further with this attempt.
  async startOver() {
    this.sheet = null;
    await this.begin();
    return false;
  }

  async turn(index) {
    const {sheet} = this;
    if (sheet.test.one_by_one && index < sheet.index) return;
    // Said once before there is no way back.
    if (sheet.test.one_by_one && !this.blank && sheet.item && !sheet.isAnswered(sheet.item.id)) {
      this.blank = true;
      return this.draw();
    }
    if (!(await this.keep())) return this.draw();
    const noted = sheet.turn(index);
    Object.assign(this, {screen: sheet.atEnd ? LOOK : 'question', blank: false});
    await noted.catch(() => {});
    await this.marks();
    this.arrive();
  }

  async handIn({over = false} = {}) {
    if (this.busy || !this.sheet) return;
    this.busy = true;
    try {
      if (!(await this.keep()) || !this.sheet) return this.draw();
      await this.sheet.handIn({over});
      await this.lookBack();
      Object.assign(this, {sheet: null, screen: 'result', received: false});
      await this.marks();
      this.arrive();
    } catch (error) {
      this.fail(error);
    } finally {
      this.busy = false;
    }
  }

  tick() {
    if (!this.sheet?.limit || current()?.id !== this.me) return;
    this.ticks += 1;
    if (this.sheet.left() <= 0) return void this.handIn({over: true});
    if (this.ticks % NOTED === 0) this.sheet.note().catch(() => {});
    this.draw();
  }

  look() {
    this.screen = 'result';
    return need(this.last.test?.items ?? [])
      .then(() => this.marks())
      .then(() => this.arrive());
  }

  // Which mark the screen may carry: of this question's answer, or of all of them once they are handed in.
  async marks() {
    if (current()?.id !== this.me) return;
    const item = this.screen === 'question' ? this.sheet?.item?.id : null;
    if (item) await this.markAnswer(item);
    else if (this.screen === 'result') await this.markResult();
    this.draw();
  }

  async markAnswer(item) {
    const {unsaved, drafts, statements} = this.sheet;
    const ticked = unsaved.get(item);
    const statement = ticked ? null : statements.get(item);
    const received = statement ? await record.isReceived(statement) : null;
    this.saved = ticked && drafts.get(item) === ticked ? false : received;
  }

  async markResult() {
    this.received = await record.attemptReceived(this.part, this.last.attempt);
    const known = isMarked(this.marked) || (this.last.result && this.last.result.scaled !== null);
    if (!this.received || known) return;
    // The server marks what has arrived: it is asked soon, and again now and then while the officer waits.
    if (Date.now() - this.asked < ASK_AGAIN) return;
    this.asked = Date.now();
    this.waiting = setTimeout(() => this.askForResult(), 2 * SECOND);
  }

  async askForResult() {
    if (current()?.id !== this.me || this.screen !== 'result' || !this.host.isConnected) return;
    await refresh();
    await this.lookBack();
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
    if (this.screen === 'question') return this.sheet.item.text;
    if (this.screen === LOOK) return gettext('Before you hand in');
    if (this.screen === 'result') return gettext('Your result');
    return this.test.heading;
  }

  body() {
    const {sheet} = this;
    const turn = (index) => this.turn(index);
    if (this.screen === 'question') return this.question();
    if (this.screen === LOOK) return screens.review(sheet, {turn, handIn: () => this.handIn()});
    const actions = {received: this.received, again: () => this.begin(), home: `#/module/${this.module}`, look: () => this.look(), begin: () => this.begin()};
    const objectives = this.last?.manifest?.objectives ?? this.manifest?.objectives ?? [];
    const state = {last: this.last, marked: this.marked, taken: this.taken, objectives, offered: this.test};
    return this.screen === 'result' ? outcome(this.of, state, actions) : screens.start(this.test, state, actions);
  }

  question() {
    const {sheet} = this;
    const {item} = sheet;
    const context = {
      ...sheet.on(item.id),
      heading: true,
      order: sheet.orders.get(item.id),
      locked: sheet.left() <= 0,
      lang: sheet.test.language,
      fileUrl: (sha256) => editions.fileUrl(this.edition, sha256),
      change: (response) => this.change(item, {response}),
      changeConfidence: (confidence) => this.change(item, {confidence}),
    };
    return screens.question(sheet, context, {turn: (index) => this.turn(index), saved: mark(this.saved), blank: this.blank});
  }

  draw() {
    const test = this.of;
    if (!test) return;
    needFonts(test.language);
    const {lang, dir} = foreign(test.language);
    const ours = [LOOK, 'result'].includes(this.screen);
    const asking = this.screen === 'question';
    render(
      html`<div class="stack" data-page="test" data-screen=${this.screen}>
        <p class="row row-between">
          <a class="back" href="#/module/${this.module}">${asking ? gettext('Stop here, go on later') : gettext('Back to the module')}</a>
          ${asking ? html`<span data-position>${screens.position(this.sheet)}</span>` : nothing}
        </p>
        ${this.sheet ? timeLeft(this.sheet.left(), this.sheet.limit) : nothing}
        <h1 lang=${ours ? nothing : lang} dir=${ours ? nothing : dir} class=${asking ? 'question' : nothing}>${this.heading()}</h1>
        ${this.trouble ? html`<div class="notice bad" role="alert"><p>${this.trouble}</p></div>` : nothing}
        ${this.body()}
      </div>`,
      this.host,
    );
  }
}
