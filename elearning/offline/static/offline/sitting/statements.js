// The statements of an attempt, as docs/formats.md has them.
import {interaction} from '../rules/items.js';
import {mark} from '../rules/marking.js';
import {score} from '../rules/scoring.js';
import {answerFacts} from '../record.js';
import {hasKey, limitOf} from './test-file.js';

const timingOf = ({elapsed, segment, turned_back}, spent) => ({elapsed, segment, spent: Math.round(spent), turned_back});

export const beginning = ({id, part, test, form, assignment, items}) => ({
  verb: 'initialized',
  kind: 'test',
  object: part,
  attempt: id,
  extensions: {attempt: {purpose: test.purpose, form, assignment, items, limit: limitOf(test)}},
});

// {success, scaled, points, out_of}, each null where only a person or the server can say.
export function marked(item, response) {
  const found = item.key ? mark(item, response) : null;
  if (!found) return {success: null, scaled: null, points: null, out_of: null};
  return {success: found.points === found.out_of, scaled: score([found], 100).scaled, ...found};
}

// `given`: {response, confidence, at, timing, spent}.
export function answering({id, part}, item, {response, confidence, at, timing, spent}) {
  const {success, scaled} = marked(item, response);
  const facts = answerFacts({item: item.id, response, success, scaled, interaction: interaction(item), version: item.version ?? 0, confidence});
  const extensions = timing ? {...facts.extensions, timing: timingOf(timing, spent)} : {};
  return {...facts, extensions, part, attempt: id, at};
}

// {raw, max, scaled, success} of the answers, or null where the tablet has no key.
export function scoreOf(test, answers) {
  if (!hasKey(test)) return null;
  const marks = test.items.map((item) => mark(item, answers[item.id]?.response ?? []));
  const {raw, max, scaled, passed} = score(marks, test.pass_mark);
  return {raw, max, scaled, success: passed};
}

function closing(test, result) {
  if (!result || result.success === null) return ['completed', {completion: true}];
  const {raw, max, scaled, success} = result;
  const verb = test.decides ? (success ? 'passed' : 'failed') : 'scored';
  return [verb, {success, completion: true, score: {scaled, raw, min: 0, max}}];
}

// ISO 8601; of a limited test at most its limit, however late it was closed.
const duration = (elapsed, limit) => `PT${((limit ? Math.min(elapsed, limit) : elapsed) / 1000).toFixed(2)}S`;

export function handingIn({id, part, test}, result, timing) {
  const [verb, said] = closing(test, result);
  const facts = {verb, kind: 'test', object: part, attempt: id};
  if (!timing) return {...facts, result: said};
  return {...facts, result: {...said, duration: duration(timing.elapsed, limitOf(test))}, extensions: {timing: timingOf(timing, 0)}};
}
