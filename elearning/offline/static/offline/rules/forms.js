// Half of the officers get A before and B after, half the other way round.
import {sha256} from './hashing.js';

// `assignment` is the module's id where there is no assignment; `sitting` is 'pre' or 'post'.
export async function form(officer, assignment, sitting) {
  const even = parseInt((await sha256(`${officer}\n${assignment}`)).slice(0, 2), 16) % 2 === 0;
  return even === (sitting === 'pre') ? 'A' : 'B';
}
