// node rules.test.mjs RULES VECTORS: what the tablet's rules give for each case of the shared vectors. Prints each difference and,
// last, how many cases there were; test_rules.py runs it.
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {pathToFileURL} from 'node:url';

globalThis.crypto ??= (await import('node:crypto')).webcrypto;

const [rules, file] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${rules}/${name}.js`).href);
const vectors = JSON.parse(readFileSync(file, 'utf8'));
const [chain, drawing, forms, items, marking, mastery, numbers, scoring, text, timing] = await Promise.all(
  ['chain', 'drawing', 'forms', 'items', 'marking', 'mastery', 'numbers', 'scoring', 'text', 'timing'].map(load),
);

const item = (name, scored) => {
  const found = vectors.items[name];
  return scored ? {...found, key: {...found.key, scoring: scored}} : found;
};

// `value` with what the file writes short in full.
const written = (value) => {
  if (Array.isArray(value)) return value.map(written);
  if (typeof value === 'string' && value.startsWith('@')) return item(...value.slice(1).split(':'));
  if (typeof value !== 'object' || value === null) return value;
  if (value.repeat) return value.repeat[0].repeat(value.repeat[1]);
  if (value.list) return Array(value.list[1]).fill(value.list[0]);
  if (value.join) return value.join.map(written).join('');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, written(each)]));
};

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([name, each]) => [name, change(each)]));
const pair = (mark) => mark && [mark.points, mark.out_of];
const marks = (pairs) => pairs.map((each) => each && {points: each[0], out_of: each[1]});
const score = ({raw, max, scaled, passed}) => [raw, max, scaled, passed];
const mastered = ({points, out_of: whole, items: count, mastered: done}) => [points, whole, count, done];
const state = ([elapsed, wall, segment, back]) => ({elapsed, wall, segment, turned_back: back});
const row = ({elapsed, wall, segment, turned_back: back}) => [elapsed, wall, segment, back];
const moment = ([sequence, elapsed, segment, at, back]) => ({sequence, elapsed, segment, at, turned_back: back});
const FACTS = ['id', 'timestamp', 'actor', 'verb', 'object', 'registration', 'response', 'elapsed', 'n', 'previous'];
const facts = (values) => Object.fromEntries(FACTS.map((name, place) => [name, values[place]]));

const ANSWERS = {
  mark: (...given) => pair(marking.mark(...given)),
  normal_text: text.normalText,
  readings: numbers.readings,
  score: (given, passMark) => score(scoring.score(marks(given), passMark)),
  mastery: (given, ...threshold) => mapped(mastery.mastery(mapped(given, marks), ...threshold), mastered),
  resumed: (before, wall) => row(timing.resumed(state(before), wall)),
  advanced: (before, since, wall) => row(timing.advanced(state(before), since, wall)),
  left: (...given) => (timing.left(...given) === Infinity ? null : timing.left(...given)),
  judged: (limit, answers, handedIn) => timing.judged(limit, answers.map(moment), handedIn && moment(handedIn)),
  chain_text: (values) => chain.text(facts(values)),
  chain_digest: (values) => chain.digest(facts(values)),
  key_name: (hex) => chain.keyName(Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16))),
  normal: items.normal,
  interaction: items.interaction,
  ranked: drawing.ranked,
  draw: drawing.draw,
  shuffled: drawing.shuffled,
  form: forms.form,
};

const short = (value) => (JSON.stringify(value) ?? 'undefined').slice(0, 300);
let count = 0;
for (const [rule, cases] of Object.entries(vectors)) {
  if (rule === 'note' || rule === 'items') continue;
  for (const [about, given, expected] of cases) {
    count += 1;
    let found;
    try {
      found = await ANSWERS[rule](...written(given));
    } catch (error) {
      found = String(error.stack);
    }
    if (isDeepStrictEqual(found, written(expected))) continue;
    process.exitCode = 1;
    console.error(`${rule}: ${about}\n  expected ${short(written(expected))}\n  found    ${short(found)}`);
  }
}
console.log(count);
