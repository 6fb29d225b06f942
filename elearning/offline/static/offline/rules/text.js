// When two texts are the same answer. Each rule of this folder is explained where its twin is, in assessments/rules/, and kept in
// step with it by tests/fixtures/rules.json.

// The zero of each script.
const ZEROES = `660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50 1bb0 1c40
  1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0`;

const same = new Map();
for (const zero of ZEROES.split(/\s+/)) {
  for (let value = 0; value < 10; value++) same.set(String.fromCharCode(parseInt(zero, 16) + value), String(value));
}
for (const [to, from] of [["'", '‘’‚‛′‹›`ʹʻʼˈ'], ['"', '“”„‟«»「」『』'], ['-', '‐‑‒–—−']]) {
  for (const sign of from) same.set(sign, to);
}
// Urdu typed on an Arabic keyboard.
for (const [from, to] of ['يی', 'ىی', 'كک', 'هہ', 'ςσ']) same.set(from, to);

const UNSEEN =
  /[\xad\u034f\u061c\u180b-\u180e\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]+/g;
const SPACE = /[\0-\x20\x7f-\x9f\u1680\u2028\u2029]+/g;
const STOPS = ' .!?؟。។៕။۔';

export function normalText(text) {
  const apart = text.replace(/´/g, "'").replace(/″/g, '"').normalize('NFKD').toLowerCase().replace(UNSEEN, '');
  const alike = Array.from(apart, (sign) => same.get(sign) ?? sign).join('');
  const spaced = alike.normalize('NFKC').replace(SPACE, ' ');
  // A regular expression takes ages over ten thousand full stops and a letter.
  let end = spaced.length;
  while (end && STOPS.includes(spaced[end - 1])) end--;
  return spaced.slice(0, end).replace(/^ /, '');
}
