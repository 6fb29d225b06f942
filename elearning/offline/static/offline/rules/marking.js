// How an answer is marked: exactly, and whatever it is without an error.
import {normal} from './items.js';
import {near, readings} from './numbers.js';
import {normalText} from './text.js';

const once = (texts) => [...new Set(texts)].filter(Boolean);

// `right` parts of `whole`: a point each, or one point for all of them, if nothing was too much.
const shared = (right, whole, scoring, excess) =>
  scoring === 'partial' ? {points: right, out_of: whole || 1} : {points: Number(right > 0 && right === whole && !excess), out_of: 1};

const one = ({key}, response) => {
  const chosen = once(response);
  return shared(Number(chosen.length === 1 && key.right.includes(chosen[0])), 1);
};

const several = ({key: {right, scoring}}, response) => {
  const chosen = once(response);
  const [whole, hits] = [once(right).length, chosen.filter((id) => right.includes(id)).length];
  const misses = chosen.length - hits;
  return scoring === 'penalty' ? shared(Math.max(0, hits - misses), whole, 'partial') : shared(hits, whole, scoring, misses);
};

const steps = ({key: {order, scoring}}, response) => {
  const given = once(response);
  return shared(order.filter((id, place) => given[place] === id).length, order.length, scoring, given.length > order.length);
};

// Whoever puts one thing into two places has not put it into the right one.
const pairs = (key, scoring, response) => {
  const given = new Map();
  for (const text of once(response)) {
    const [left] = text.split('[.]');
    given.set(left, given.has(left) ? null : text);
  }
  const wanted = Object.entries(key);
  const right = wanted.filter(([left, to]) => given.get(left) === `${left}[.]${to}`);
  return shared(right.length, wanted.length, scoring, given.size > wanted.length);
};

const accepted = (text, spellings = []) => {
  const said = normalText(text);
  return said !== '' && spellings.some((spelling) => normalText(spelling) === said);
};

const gaps = ({parts, key}, response) => {
  const ids = parts.filter((part) => 'gap' in part).map(({gap}) => gap);
  const given = response.length > ids.length ? [] : response;
  return shared(given.filter((text, place) => accepted(text, key.accepted[ids[place]])).length, ids.length, key.scoring);
};

const number = ({units = [], key: {value, tolerance = '0', factors = {}}}, [text = '', ...unit]) => {
  const chosen = unit.length || units.length > 1 ? unit : units.map(({id}) => id);
  const known = chosen.length === 1 && units.some(({id}) => id === chosen[0]);
  const factor = known ? factors[chosen[0]] : units.length || chosen.length ? null : '1';
  return shared(Number(readings(text).some((reading) => near(reading, {factor, value, tolerance}))), 1);
};

const best = (levels) => Math.max(0, ...levels.map(({points}) => points));
const long = ({key: {rubric = []}}, response) => {
  if (response.some(normalText)) return null;
  return {points: 0, out_of: rubric.reduce((sum, {levels}) => sum + best(levels), 0) || 1};
};

const KINDS = {
  single: one,
  truefalse: one,
  spot: one,
  multiple: several,
  order: steps,
  match: ({key}, response) => pairs(key.pairs, key.scoring, response),
  groups: ({key}, response) => pairs(key.groups, key.scoring, response),
  gaps,
  short: ({key}, response) => shared(Number(response.length === 1 && accepted(response[0], key.accepted)), 1),
  number,
  long,
};

// {points, out_of} of a response (a list of texts; anything else is blank). Null where a person has to mark it, or where the item
// has come without its key.
export function mark(given, response) {
  const item = normal(given);
  if (!item.key) return null;
  const texts = (Array.isArray(response) ? response : []).map((text) => (typeof text === 'string' ? text : ''));
  return KINDS[item.kind] ? KINDS[item.kind](item, texts) : {points: 0, out_of: 1};
}
