// The chain of an attempt's statements and the device's seal on each (docs/decisions/0013-a-test-is-chained-and-timed.md).
import {device} from '../store.js';
import {digest, keyName, text} from '../rules/chain.js';

const CURVE = {name: 'ECDSA', namedCurve: 'P-256'};
const SIGNING = {name: 'ECDSA', hash: 'SHA-256'};

// What the first statement of an attempt follows. `elapsed`: of the latest statement, below which the next one never falls.
export const START = {n: 0, previous: '', elapsed: 0};

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

async function make() {
  // Not extractable: no script can read the private half, this one neither.
  const {privateKey, publicKey} = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  return {name: await keyName(spki), spki: base64(spki), privateKey};
}

// {name, spki, privateKey} of this tablet, made at its first test.
async function key() {
  return (await device.get('meta', 'key')) ?? device.first('key', await make());
}

const factsOf = ({id, timestamp, actor, verb, object, result, context}, elapsed, {n, previous}) => ({
  id,
  timestamp,
  actor: actor.account.name,
  verb: verb.id,
  object: object.id,
  registration: context.registration,
  response: result?.response ?? '',
  elapsed,
  n,
  previous,
});

async function signature(facts) {
  try {
    const {name, privateKey} = await key();
    const sealed = await crypto.subtle.sign(SIGNING, privateKey, new TextEncoder().encode(text(facts)));
    return {key: name, seal: base64(new Uint8Array(sealed))};
  } catch (error) {
    // An attempt without a seal is seen as such by the trainer; without the answer it would be lost.
    console.warn('Not sealed:', error.name);
    return {key: '', seal: ''};
  }
}

// `link`: what came before in this attempt. Gives the extension of the statement, and the link for the next one.
export async function sealed(statement, elapsed, link) {
  const facts = factsOf(statement, elapsed, link);
  const extension = {n: link.n, previous: link.previous, ...(await signature(facts))};
  return {extension, next: {n: link.n + 1, previous: await digest(facts), elapsed}};
}
