import {sha256} from './hashing.js';

// What of a statement is signed, in UTF-8. `actor` is the account's name; `verb`, `object` and `registration` are ids.
export const text = (facts) =>
  JSON.stringify([
    facts.id,
    facts.timestamp,
    facts.actor,
    facts.verb,
    facts.object,
    facts.registration,
    facts.response ?? '',
    facts.elapsed ?? 0,
    facts.n,
    facts.previous,
  ]);

// SHA-256 of the text, in hex: `previous` of the statement after.
export const digest = (facts) => sha256(text(facts));

// The name of a public key (SPKI, bytes).
export const keyName = async (spki) => (await sha256(spki)).slice(0, 32);
