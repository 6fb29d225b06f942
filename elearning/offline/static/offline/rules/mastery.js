import {total} from './scoring.js';

const gcd = (a, b) => (b ? gcd(b, a % b) : a);

// The share of `items` that is right, in lowest terms.
const of = (marks, threshold) => {
  const known = marks.filter(Boolean);
  const [n, sum] = total(known);
  const d = sum * BigInt(marks.length || 1);
  const common = gcd(n, d);
  const mastered = marks.length > 0 && known.length === marks.length && n * 100n >= BigInt(threshold) * d;
  return {points: Number(n / common), out_of: Number(d / common), items: marks.length, mastered};
};

// {objective: [mark or null]} to what has been mastered of each.
export const mastery = (marks, threshold = 80) => Object.fromEntries(Object.entries(marks).map(([id, given]) => [id, of(given, threshold)]));
