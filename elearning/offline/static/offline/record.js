// What the officer did, as xAPI statements (docs/formats.md). Each function resolves after two strict commits: the officer's
// own database, then the outbox. Killed between the two, `requeue` at the next sign-in puts the statement into the outbox.
import {clockReading, now} from './api.js';
import {current} from './session.js';
import {device, learner as store, uuid} from './store.js';
import {language} from './i18n.js';

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const ACTIVITIES = 'http://adlnet.gov/expapi/activities/';
const EXTENSIONS = 'tag:elearning.example,2026:';
const TYPES = {lesson: 'lesson', test: 'assessment', item: 'cmi.interaction'};
const urn = (id) => `urn:uuid:${id}`;
const homePage = () => document.querySelector('meta[name="xapi-home-page"]').content;

async function statement(manifest, learner, {verb, kind, object, part, result, attempt}) {
  const context = {
    language: language(),
    platform: 'elearning-app',
    contextActivities: {
      ...(part ? {parent: [{id: urn(part)}]} : {}),
      grouping: [{id: urn(manifest.module)}],
    },
    extensions: {
      [`${EXTENSIONS}edition`]: {language: manifest.language, version: manifest.version},
      [`${EXTENSIONS}device`]: (await device.self()).id,
      [`${EXTENSIONS}clock`]: clockReading(),
    },
  };
  if (attempt) context.registration = attempt;
  return {
    id: uuid(),
    timestamp: now().toISOString(),
    actor: {objectType: 'Agent', account: {homePage: homePage(), name: learner}},
    verb: {id: VERBS + verb, display: {en: verb}},
    object: {objectType: 'Activity', id: urn(object), definition: definition(kind)},
    ...(result ? {result} : {}),
    context,
  };
}

const definition = (kind) =>
  kind === 'item'
    ? {type: ACTIVITIES + TYPES.item, interactionType: 'choice'}
    : {type: ACTIVITIES + TYPES[kind]};

// Makes the statement and keeps it in one transaction with what `alongside(tx, row)` changes, then queues it. Should another
// officer have taken the tablet meanwhile, nothing is written and nothing is shown as saved.
async function keep(manifest, facts, alongside) {
  const learner = current().id;
  const made = await statement(manifest, learner, facts);
  const row = {
    id: made.id,
    module: manifest.module,
    part: facts.part ?? facts.object,
    object: facts.object,
    verb: facts.verb,
    attempt: facts.attempt ?? null,
    statement: made,
    queued: 0,
  };
  mustBe(learner);
  await store.write(['statements', 'attempts', 'kept'], async (tx) => {
    row.order = ((await tx.objectStore('kept').get('sequence')) ?? 0) + 1;
    made.context.extensions[`${EXTENSIONS}sequence`] = row.order;
    await tx.objectStore('kept').put(row.order, 'sequence');
    await tx.objectStore('statements').put(row);
    if (alongside) await alongside(tx.objectStore('attempts'), row);
  });
  await queue([row], learner);
  return row;
}

function mustBe(learner) {
  if (current()?.id !== learner) throw new Error('Another officer is signed in');
}

async function queue(rows, learner) {
  await device.queue(rows.map(({id, order, verb, statement: made}) => ({id, learner, order, verb, statement: made})));
  if (current()?.id !== learner) return;
  await store.write(['statements'], (tx) => Promise.all(rows.map((row) => tx.store.put({...row, queued: 1}))));
}

// What was kept but not queued when the app was killed. Sending it twice is harmless: the id is the same.
export async function requeue() {
  const rows = (await store.all('statements')).filter((row) => !row.queued);
  if (rows.length) await queue(rows, current().id);
}

export async function opened({manifest}, {id, kind}) {
  const before = await store.by('statements', 'part', id);
  if (before.some((row) => row.verb === 'initialized' && row.object === id)) return null;
  return keep(manifest, {verb: 'initialized', kind, object: id});
}

const answering = new Map();

// A double tap gives one answer: while one to the same question is being kept, the second waits for it.
export function answered(ctx, answer) {
  const key = `${answer.attempt ?? ''}${answer.item}${answer.response}`;
  if (!answering.has(key)) answering.set(key, keepAnswer(ctx, answer).finally(() => answering.delete(key)));
  return answering.get(key);
}

// In an attempt the same answer to the same question is one answer, however often it is confirmed.
async function keepAnswer({manifest}, {item, part, response, success, scaled, attempt}) {
  const open = attempt ? await store.get('attempts', attempt) : null;
  if (open?.handedIn) throw new Error('This attempt is handed in');
  const text = response.join('[,]');
  const earlier = open?.answers[item];
  if (earlier && earlier.response.join('[,]') === text) return {id: earlier.statement};
  const result = {response: text, success, score: {scaled}};
  const alongside = async (attempts, row) => {
    if (!attempt) return;
    const latest = await attempts.get(attempt);
    if (latest.handedIn) throw new Error('This attempt is handed in');
    const answers = {...latest.answers, [item]: {response, success, scaled, statement: row.id}};
    const drafts = {...latest.drafts};
    // What was ticked meanwhile is a draft still.
    if (drafts[item]?.join('[,]') === text) delete drafts[item];
    await attempts.put({...latest, answers, drafts});
  };
  const row = await keep(manifest, {verb: 'answered', kind: 'item', object: item, part, result, attempt}, alongside);
  return {id: row.id};
}

export async function completed({manifest}, lesson) {
  const before = await store.by('statements', 'part', lesson);
  if (before.some((row) => row.verb === 'completed' && row.object === lesson)) return null;
  return keep(manifest, {verb: 'completed', kind: 'lesson', object: lesson, result: {completion: true}});
}

// Found inside the transaction: another tab, or a double tap, was first.
class Already extends Error {
  constructor(attempt) {
    super('This was done already');
    this.attempt = attempt;
  }
}

const openOf = (attempts) => attempts.find((attempt) => !attempt.handedIn);

// Resumes the attempt that is open, else begins one. The attempt keeps its own copy of the test, so that a new
// edition changes nothing under the officer's hands.
export async function beginAttempt({manifest}, test) {
  const open = openOf(await store.by('attempts', 'part', test.id));
  if (open) return view(open);
  const attempt = {
    id: uuid(),
    module: manifest.module,
    part: test.id,
    edition: {module: manifest.module, language: manifest.language, version: manifest.version},
    test,
    answers: {},
    drafts: {},
    index: 0,
    begun: now().toISOString(),
    handedIn: null,
    result: null,
  };
  const begin = async (attempts) => {
    const other = openOf(await attempts.index('part').getAll(test.id));
    if (other) throw new Already(other);
    await attempts.put(attempt);
  };
  const facts = {verb: 'initialized', kind: 'test', object: test.id, attempt: attempt.id};
  return view(await firstOnly(() => keep(manifest, facts, begin), attempt));
}

async function firstOnly(work, mine) {
  try {
    await work();
    return mine;
  } catch (error) {
    if (error instanceof Already) return error.attempt;
    throw error;
  }
}

const view = ({id, test, edition, answers, drafts = {}, index, result, handedIn, statement: closing = null}) => ({
  attempt: id,
  test,
  manifest: edition,
  index,
  answers,
  drafts,
  result,
  handedIn,
  // The id of the statement with the result, once it is handed in.
  statement: closing,
});

// What is on the screen and is no answer yet: the question (`index`), and a choice that is ticked (`draft`: {item: response}).
export async function saveDraft(attempt, {index, draft = {}}) {
  await store.write(['attempts'], async (tx) => {
    const open = await tx.store.get(attempt);
    if (open && !open.handedIn) await tx.store.put({...open, index, drafts: {...open.drafts, ...draft}});
  });
}

// Handing in twice (a double tap, a second tab) gives the first result.
export async function handIn({manifest}, test, attempt, {scaled, raw, max, success}) {
  const score = {scaled, raw, min: 0, max};
  const closing = {handedIn: now().toISOString(), result: {scaled, raw, max, success}};
  let closed = null;
  const close = async (attempts, {id, order}) => {
    const open = await attempts.get(attempt);
    if (open.handedIn) throw new Already(open);
    closed = {...open, ...closing, statement: id, order};
    await attempts.put(closed);
  };
  const facts = {verb: success ? 'passed' : 'failed', kind: 'test', object: test.id, attempt};
  const before = await firstOnly(() => keep(manifest, {...facts, result: {success, completion: true, score}}, close), null);
  return view(before ?? closed);
}

// What is kept of an attempt, whichever tab it was answered in: Map(item → response).
export async function responsesOf(attempt) {
  const {answers} = await store.get('attempts', attempt);
  return new Map(Object.entries(answers).map(([item, {response}]) => [item, response]));
}

export async function lastAttempt(part) {
  const closed = (await store.by('attempts', 'part', part)).filter((attempt) => attempt.handedIn);
  closed.sort((a, b) => b.order - a.order);
  return closed.length ? view(closed[0]) : null;
}

// Statement ids that have not reached the server: waiting or set aside. Read after the statements they are compared with:
// the other way round an answer that is queued in between would seem received.
async function unsent() {
  const rows = [...(await device.all('outbox')), ...(await device.all('aside'))];
  return new Set(rows.map((row) => row.id));
}

const reached = (row, waiting) => Boolean(row?.queued) && !waiting.has(row.id);

// The latest answer to each knowledge check of a lesson.
export async function answersOf(part) {
  const rows = (await store.by('statements', 'part', part)).filter((row) => row.verb === 'answered' && !row.attempt);
  const waiting = await unsent();
  rows.sort((a, b) => a.order - b.order);
  return new Map(rows.map((row) => [row.object, seen(row, waiting)]));
}

const seen = (row, waiting) => {
  const {response, success} = row.statement.result;
  return {id: row.id, response: response ? response.split('[,]') : [], success, saved: true, received: reached(row, waiting)};
};

export async function isReceived(id) {
  const row = await store.get('statements', id);
  return reached(row, await unsent());
}

// Whether everything of an attempt has reached the server.
export async function attemptReceived(part, attempt) {
  const rows = (await store.by('statements', 'part', part)).filter((row) => row.attempt === attempt);
  const waiting = await unsent();
  return rows.every((row) => reached(row, waiting));
}

export const savePlace = (module, part, position) => store.put('kept', {part, position}, `place-${module}`);
