// The sheet of one open attempt: what is answered, what is ticked and no answer yet, which question is on the screen, how much time
// is left. It keeps everything (attempts.js) and draws nothing.
import {moment} from '../record.js';
import * as attempts from './attempts.js';
import * as clock from './clock.js';
import {limitOf} from './test-file.js';

const NOTHING = {response: [], confidence: null};

export class Sheet {
  // `attempt`: as attempts.js gives it.
  constructor(attempt) {
    const {attempt: id, test, items, index, answers, drafts, timing, spent, fresh = false} = attempt;
    Object.assign(this, {id, test, index: Math.min(index, test.items.length), limit: limitOf(test), timed: Boolean(timing)});
    if (this.timed) clock.start(id, fresh ? null : timing);
    this.orders = new Map(items.map((entry) => [entry.item, entry.order.length ? entry.order : null]));
    this.answers = new Map(Object.entries(answers));
    this.statements = new Map(Object.entries(answers).map(([item, answer]) => [item, answer.statement]));
    this.spent = new Map(Object.entries(spent));
    this.shown = performance.now();
    this.writing = null;
    this.takeUp(drafts);
  }

  // What was ticked when the tablet died. `unsaved`: ticked and no answer; of these `drafts` are kept on this tablet.
  takeUp(drafts) {
    const kept = Object.entries(drafts).map(([item, draft]) => [item, attempts.draftOf(draft)]);
    this.unsaved = new Map(kept.filter(([item, draft]) => !attempts.sameAnswer(this.answers.get(item) ?? NOTHING, draft)));
    this.drafts = new Map(this.unsaved);
  }

  get item() {
    return this.test.items[this.index] ?? null;
  }

  get atEnd() {
    return this.index === this.test.items.length;
  }

  // What is on the screen for an item: {response, confidence}.
  on(item) {
    return this.unsaved.get(item) ?? this.answers.get(item) ?? NOTHING;
  }

  isAnswered(item) {
    return this.on(item).response.length > 0;
  }

  responses() {
    return new Map(this.test.items.map(({id}) => [id, this.on(id).response]));
  }

  time() {
    return this.timed ? clock.read(this.id) : null;
  }

  left() {
    return this.timed ? clock.leftOf(this.limit, this.time()) : Infinity;
  }

  spentOn(item) {
    const before = this.spent.get(item) ?? 0;
    return item === this.item?.id ? before + performance.now() - this.shown : before;
  }

  // What is on the screen now is another question, or none: the time spent on the one before is added up.
  leave() {
    if (this.item) this.spent.set(this.item.id, this.spentOn(this.item.id));
    this.shown = performance.now();
  }

  // The tick, as it will be told: given now, whenever it becomes an answer.
  change(item, changed) {
    const {response, confidence} = {...this.on(item), ...changed};
    this.unsaved.set(item, {response, confidence, at: moment(), timing: this.time(), spent: this.spentOn(item)});
  }

  // Keeps the latest ticks as drafts; while they are written, later ones wait and are written together.
  async keepDrafts() {
    this.writing ??= this.writeDrafts().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async writeDrafts() {
    for (;;) {
      const fresh = [...this.unsaved].filter(([item, given]) => this.drafts.get(item) !== given);
      if (!fresh.length) return;
      await this.note({drafts: Object.fromEntries(fresh)});
      for (const [item, given] of fresh) this.drafts.set(item, given);
    }
  }

  note(more = {}) {
    const spent = this.item ? {[this.item.id]: this.spentOn(this.item.id)} : {};
    return attempts.note(this.id, {index: this.index, timing: this.time(), spent, ...more});
  }

  // Makes answers of what is ticked; true when nothing is left. How sure one is of no answer stays a draft.
  async keep() {
    await this.writing?.catch(() => {});
    for (const [item, given] of [...this.unsaved]) {
      if (given.response.length || this.statements.has(item)) await this.answer(item, given);
      else this.answers.set(item, given);
      if (this.unsaved.get(item) === given) this.unsaved.delete(item);
    }
    return !this.unsaved.size;
  }

  async answer(item, given) {
    const statement = await attempts.answer(this.id, item, {at: moment(), timing: this.time(), spent: this.spentOn(item), ...given});
    this.statements.set(item, statement);
    this.answers.set(item, {response: given.response, confidence: given.confidence, statement});
  }

  // To another question, or after the last one.
  async turn(index) {
    this.leave();
    this.index = index;
    await this.note();
  }

  async handIn({over = false} = {}) {
    return attempts.handIn(this.id, {timing: this.time(), over});
  }
}
