// The attempts of the officer who is signed in: one row each, changed in the same transaction as the statement that tells of it.
// A row that an older version of the app has begun has no chain and no clock, and goes on without them.
import {now} from '../api.js';
import {current} from '../session.js';
import {learner as store, uuid} from '../store.js';
import {EXTENSIONS, keep, moment} from '../record.js';
import {NEW} from './clock.js';
import {assignmentOf, drawn} from './drawing.js';
import {resultsOf} from './results.js';
import {START, sealed} from './seal.js';
import {answering, beginning, handingIn, marked, scoreOf} from './statements.js';
import {asTest} from './test-file.js';

// Found inside the transaction: another tab, or a double tap, was first.
class Already extends Error {
  constructor(row) {
    super('This was done already');
    this.row = row;
  }
}

// The chain has grown since the seal was made.
class Moved extends Error {}

// Question by question, and the question is one before where the attempt stands.
export class GoneBy extends Error {}

// All attempts at a test that are allowed have been begun.
export class NoneLeft extends Error {}

const openOf = (rows) => rows.find((row) => !row.handedIn);
const orders = (test) => test.items.map(({id, version = 0}) => ({item: id, version, order: []}));

// How an attempt looks to the pages.
function view(row) {
  const test = asTest(row.test);
  const {id, edition, answers, drafts = {}, index, timing = null, spent = {}, result, handedIn, over = false, items = orders(test)} = row;
  // `statement`: the id of the one with the result, once it is handed in.
  return {attempt: id, test, manifest: edition, items, index, answers, drafts, timing, spent, result, handedIn, over, statement: row.statement ?? null};
}

// One more statement of an attempt. `facts(row)` tells it, `change(row, statement)` what becomes of the row. Sealing can't wait
// inside a transaction: it is done before, and again should another tab have been first.
async function link(id, facts, change, row = null) {
  for (;;) {
    const before = row ?? (await store.get('attempts', id));
    let next = before.chain;
    const prepare = async (statement) => {
      if (!before.chain) return;
      const made = await sealed(statement, timingIn(statement), before.chain);
      statement.context.extensions[`${EXTENSIONS}chain`] = made.extension;
      next = made.next;
    };
    const alongside = async (attempts, kept) => {
      const latest = row ?? (await attempts.get(id));
      if (latest.chain?.n !== before.chain?.n) throw new Moved();
      await attempts.put({...(await change(latest, kept, attempts)), chain: next});
    };
    try {
      return await keep(before.edition, facts(before), {alongside, prepare});
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
    }
  }
}

const timingIn = ({context}) => context.extensions[`${EXTENSIONS}timing`]?.elapsed ?? 0;

// Within a chain the time never falls, not by the millisecond that two tabs may differ.
const notBefore = (row, timing) => timing && {...timing, elapsed: Math.max(timing.elapsed, row.chain?.elapsed ?? 0)};

// What an attempt keeps of its edition, so that it goes on when a new one is installed or the module is deleted.
const editionOf = ({module, language, version, objectives, files}, items) => {
  const pictures = new Set(items.map((item) => item.picture?.file).filter(Boolean));
  return {module, language, version, objectives, files: files.filter(({sha256}) => pictures.has(sha256))};
};

// The post-test goes by the assignment that its pre-test went by: the form is then surely the other one.
async function assignmentFor(test, module) {
  const before = test.pair ? await store.by('attempts', 'part', test.pair) : [];
  if (before.length) return before[0].assignment ?? null;
  return assignmentOf((await store.get('kept', 'refreshed'))?.assignments ?? [], module);
}

async function fresh(manifest, test) {
  const id = uuid();
  const facts = {attempt: id, officer: current().id, module: manifest.module, assignment: await assignmentFor(test, manifest.module)};
  const {form, assignment, items} = await drawn(test, facts);
  const copies = items.map(({item}) => test.items.find((candidate) => candidate.id === item));
  return {
    id,
    module: manifest.module,
    part: test.id,
    edition: editionOf(manifest, copies),
    test: {...test, items: copies, sections: [], forms: {}},
    form,
    assignment,
    items,
    answers: {},
    drafts: {},
    index: 0,
    timing: {...NEW, wall: Date.now()},
    spent: {},
    chain: START,
    begun: now().toISOString(),
    handedIn: null,
    result: null,
  };
}

// Those on this tablet and those that the server has named, each once.
export async function takenOf(part) {
  const rows = await store.by('attempts', 'part', part);
  return new Set([...rows.map(({id}) => id), ...(await resultsOf(part)).map(({attempt}) => attempt)]);
}

const mayBegin = (test, taken) => !test.attempts || taken < test.attempts;

export async function openAttempt(part) {
  const open = openOf(await store.by('attempts', 'part', part));
  return open ? view(open) : null;
}

// Resumes the attempt that is open, else begins one (`fresh` is true). The attempt keeps its own copy of the test, so that a new
// edition changes nothing under the officer's hands.
export async function beginAttempt({manifest}, test) {
  const open = await openAttempt(test.id);
  if (open) return open;
  const elsewhere = [...(await takenOf(test.id))];
  const row = await fresh(manifest, test);
  const change = async (_row, _kept, attempts) => {
    const here = await attempts.index('part').getAll(test.id);
    if (openOf(here)) throw new Already(openOf(here));
    if (!mayBegin(test, new Set([...elsewhere, ...here.map(({id}) => id)]).size)) throw new NoneLeft();
    return row;
  };
  try {
    await link(row.id, beginning, change, row);
    return {...view(row), fresh: true};
  } catch (error) {
    if (error instanceof Already) return view(error.row);
    throw error;
  }
}

function latest(kept, mine) {
  if (!kept || !mine) return kept;
  const later = kept.elapsed > mine.elapsed ? kept : mine;
  return {...later, segment: Math.max(kept.segment, mine.segment), turned_back: kept.turned_back || mine.turned_back};
}

const further = ({test, index}, wanted = index) => (test.one_by_one ? Math.max(index, wanted) : wanted);

// What is no answer yet: the question on the screen (`index`), what is ticked (`drafts`: {item: given}), the time.
export async function note(id, {index, drafts = {}, timing, spent = {}}) {
  await store.write(['attempts'], async (tx) => {
    const row = await tx.store.get(id);
    if (!row || row.handedIn) return;
    const time = row.timing ? {timing: latest(row.timing, timing), spent: {...row.spent, ...spent}} : {};
    await tx.store.put({...row, ...time, index: further(row, index), drafts: {...row.drafts, ...drafts}});
  });
}

export const sameAnswer = (a, b) => a.response.join('[,]') === b.response.join('[,]') && (a.confidence ?? null) === (b.confidence ?? null);

// Older versions of the app kept the bare response.
export const draftOf = (draft) => (Array.isArray(draft) ? {response: draft, confidence: null} : draft);

const answeringNow = new Map();

// A double tap gives one answer: while one to the same question is being kept, the second waits for it. Gives the statement's id.
export function answer(id, item, given) {
  const key = [id, item, given.confidence, ...given.response].join();
  if (!answeringNow.has(key)) answeringNow.set(key, keepAnswer(id, item, given).finally(() => answeringNow.delete(key)));
  return answeringNow.get(key);
}

function mustTake({test, index, handedIn}, item) {
  if (handedIn) throw new Error('This attempt is handed in');
  if (test.one_by_one && test.items.findIndex(({id}) => id === item) < index) throw new GoneBy();
}

// In an attempt the same answer to the same question is one answer, however often it is confirmed.
async function keepAnswer(id, itemId, given) {
  const open = await store.get('attempts', id);
  mustTake(open, itemId);
  const earlier = open.answers[itemId];
  if (earlier && sameAnswer(earlier, given)) return earlier.statement;
  const item = asTest(open.test).items.find((candidate) => candidate.id === itemId);
  const {response, confidence = null} = given;
  const change = (row, kept) => {
    mustTake(row, itemId);
    const drafts = {...row.drafts};
    // What was ticked meanwhile is a draft still.
    if (drafts[itemId] && sameAnswer(draftOf(drafts[itemId]), given)) delete drafts[itemId];
    const answers = {...row.answers, [itemId]: {response, confidence, ...marked(item, response), statement: kept.id}};
    return {...row, answers, drafts, timing: latest(row.timing, given.timing)};
  };
  const facts = (row) => answering(row, item, {...given, timing: notBefore(row, row.timing && given.timing)});
  return (await link(id, facts, change)).id;
}

// Handing in twice (a double tap, a second tab) gives the first result. `over`: because the time was over.
export async function handIn(id, {timing = null, over = false} = {}) {
  let closed = null;
  let result = null;
  const facts = (row) => {
    if (row.handedIn) throw new Already(row);
    const test = asTest(row.test);
    result = scoreOf(test, row.answers);
    return handingIn({...row, test}, result, notBefore(row, row.timing && timing));
  };
  const change = (row, {id: statement, order}) => {
    if (row.handedIn) throw new Already(row);
    closed = {...row, handedIn: now().toISOString(), result, statement, order, over, timing: latest(row.timing, timing)};
    return closed;
  };
  try {
    await link(id, facts, change);
  } catch (error) {
    if (!(error instanceof Already)) throw error;
    closed = error.row;
  }
  return view(closed);
}

const unlessGoneBy = (error) => {
  if (!(error instanceof GoneBy)) throw error;
};

// Every draft becomes the answer it would have been, given when it was ticked.
export async function settle(id) {
  const {drafts = {}, answers} = await store.get('attempts', id);
  for (const [item, draft] of Object.entries(drafts)) {
    const given = {at: moment(), ...draftOf(draft)};
    if (given.response.length || answers[item]) await answer(id, item, given).catch(unlessGoneBy);
  }
}

export async function attempt(id) {
  return view(await store.get('attempts', id));
}

export async function lastAttempt(part) {
  const closed = (await store.by('attempts', 'part', part)).filter((row) => row.handedIn);
  closed.sort((a, b) => b.order - a.order);
  return closed.length ? view(closed[0]) : null;
}
