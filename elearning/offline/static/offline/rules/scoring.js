// The sum of points/out_of as a fraction of BigInts, [numerator, denominator].
export const total = (marks) =>
  marks.reduce(([n, d], {points, out_of: whole}) => [n * BigInt(whole) + BigInt(points) * d, d * BigInt(whole)], [0n, 1n]);

// Half up, to four decimals: 0.00005 is 0.0001.
const rounded = (n, d) => Number((20000n * n + d) / (2n * d)) / 10000;

// The score of a test from one mark an item, each of which weighs the same; null is yet to be marked.
export function score(marks, passMark) {
  const max = marks.length;
  if (marks.includes(null)) return {raw: null, max, scaled: null, passed: null};
  const [n, d] = total(marks);
  return {raw: rounded(n, d), max, scaled: rounded(n, d * BigInt(max || 1)), passed: max > 0 && n * 100n >= BigInt(passMark * max) * d};
}
