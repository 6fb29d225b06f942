import {sha256} from './hashing.js';

// Each id once, in an order that only the seed decides.
export async function ranked(seed, ids) {
  const rows = await Promise.all([...new Set(ids)].map(async (id) => [await sha256(`${seed}\n${id}`), id]));
  return rows.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, id]) => id);
}

// The items that an attempt (the seed) asks; none twice.
export async function draw(seed, sections) {
  const drawn = new Set();
  for (const {id, pick, items, fixed} of sections) {
    const ids = fixed ? [...new Set(items)] : await ranked(`${seed}\n${id}`, items);
    const left = ids.filter((each) => !drawn.has(each));
    for (const each of left.slice(0, Math.max(0, pick))) drawn.add(each);
  }
  return [...drawn];
}

// The order in which it shows what can be chosen.
export const shuffled = (seed, item, ids) => ranked(`${seed}\n${item}`, ids);
