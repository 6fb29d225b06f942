// The score of a test from the marks of its answers: each item weighs the same, whatever it is out of.

// The sum of points/out_of as a fraction of BigInts, [numerator, denominator].
export const total = (marks) =>
  marks.reduce(([n, d], {points, out_of: whole}) => [n * BigInt(whole) + BigInt(points) * d, d * BigInt(whole)], [0n, 1n]);

// Half up, to four decimals: 0.00005 is 0.0001.
const rounded = (n, d) => Number((20000n * n + d) / (2n * d)) / 10000;

// `marks`: one for each item that was asked; null is an answer that a person has yet to mark.
export function score(marks, passMark) {
  const max = marks.length;
  if (marks.includes(null)) return {raw: null, max, scaled: null, passed: null};
  const [n, d] = total(marks);
  return {raw: rounded(n, d), max, scaled: rounded(n, d * BigInt(max || 1)), passed: max > 0 && n * 100n >= BigInt(passMark * max) * d};
}
