// What the officer did, as xAPI statements (docs/formats.md). Each function resolves after two strict commits: the officer's
// own database, then the outbox. Killed between the two, `requeue` at the next sign-in puts the statement into the outbox.
import {clockReading, now} from './api.js';
import {current} from './session.js';
import {device, learner as store, uuid} from './store.js';
import {language} from './i18n.js';

const VERBS = 'http://adlnet.gov/expapi/verbs/';
const ACTIVITIES = 'http://adlnet.gov/expapi/activities/';
export const EXTENSIONS = 'tag:elearning.example,2026:';
const TYPES = {lesson: 'lesson', test: 'assessment', item: 'cmi.interaction'};
const urn = (id) => `urn:uuid:${id}`;
const homePage = () => document.querySelector('meta[name="xapi-home-page"]').content;

// When something happened: as the statement will say it, by the clock corrected and by the clock as it is.
export const moment = () => ({timestamp: now().toISOString(), clock: clockReading()});

// `at`: the moment, where it is not now.
async function statement(manifest, learner, {verb, kind, object, part, result, attempt, interaction, extensions, at = moment()}) {
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
      [`${EXTENSIONS}clock`]: at.clock,
      ...Object.fromEntries(Object.entries(extensions ?? {}).map(([name, value]) => [EXTENSIONS + name, value])),
    },
  };
  if (attempt) context.registration = attempt;
  return {
    id: uuid(),
    timestamp: at.timestamp,
    actor: {objectType: 'Agent', account: {homePage: homePage(), name: learner}},
    verb: {id: VERBS + verb, display: {en: verb}},
    object: {objectType: 'Activity', id: urn(object), definition: definition(kind, interaction)},
    ...(result ? {result} : {}),
    context,
  };
}

const definition = (kind, interaction = 'choice') =>
  kind === 'item'
    ? {type: ACTIVITIES + TYPES.item, interactionType: interaction}
    : {type: ACTIVITIES + TYPES[kind]};

// Makes the statement, lets `prepare(statement)` add to it, and keeps it in one transaction with what `alongside(attempts, row)`
// changes, then queues it. Should another officer have taken the tablet meanwhile, nothing is written and nothing is shown as saved.
export async function keep(manifest, facts, {alongside, prepare} = {}) {
  const learner = current().id;
  const made = await statement(manifest, learner, facts);
  await prepare?.(made);
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

// An answer to a check of a lesson. A double tap gives one: while one to the same question is being kept, the second waits for it.
export function answered(ctx, answer) {
  const key = `${answer.item}${answer.response}`;
  if (!answering.has(key)) answering.set(key, keepAnswer(ctx, answer).finally(() => answering.delete(key)));
  return answering.get(key);
}

async function keepAnswer({manifest}, answer) {
  const {id} = await keep(manifest, {...answerFacts(answer), part: answer.part});
  return {id};
}

// Of an answer, in a lesson or a test. `success` null: only a person, or the server, can say.
export const answerFacts = ({item, response, success = null, scaled = null, interaction, version, confidence}) => ({
  verb: 'answered',
  kind: 'item',
  object: item,
  interaction,
  result: {response: response.join('[,]'), ...(success === null ? {} : {success}), ...(scaled === null ? {} : {score: {scaled}})},
  extensions: {...(version === undefined ? {} : {item: {version}}), ...(confidence ? {confidence} : {})},
});

export async function completed({manifest}, lesson) {
  const before = await store.by('statements', 'part', lesson);
  if (before.some((row) => row.verb === 'completed' && row.object === lesson)) return null;
  return keep(manifest, {verb: 'completed', kind: 'lesson', object: lesson, result: {completion: true}});
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
  const confidence = row.statement.context.extensions[`${EXTENSIONS}confidence`] ?? null;
  return {id: row.id, response: response ? response.split('[,]') : [], success, confidence, saved: true, received: reached(row, waiting)};
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
