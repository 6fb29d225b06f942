// An attempt whose time ran out while nobody looked (the tablet was dead, or showed another page) is handed in with what was answered.
import {learner as store} from '../store.js';
import {leftOf, start} from './clock.js';
import {handIn, settle} from './attempts.js';
import {limitOf} from './test-file.js';

export async function handInOverdue() {
  const rows = (await store.all('attempts')).filter((row) => !row.handedIn && row.timing && limitOf(row.test));
  for (const {id, test, timing} of rows) {
    const now = start(id, timing);
    if (leftOf(limitOf(test), now) > 0) continue;
    await settle(id);
    await handIn(id, {timing: now, over: true});
  }
}
