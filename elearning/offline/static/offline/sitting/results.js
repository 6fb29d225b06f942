// What the server says of attempts that it, or a person, has marked: as the last answer told that is kept of it.
import {learner as store} from '../store.js';

// [{attempt, test, module, purpose, state, scaled, passed, handed_in, objectives, comments}], the earliest first.
export async function resultsOf(test) {
  const {results = []} = (await store.get('kept', 'refreshed')) ?? {};
  return results.filter((row) => row.test === test).sort((a, b) => Date.parse(a.handed_in) - Date.parse(b.handed_in));
}

export const isMarked = (result) => result?.state === 'marked';
