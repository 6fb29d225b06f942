// The clock of an attempt. While the page lives it runs by the monotonic clock, which nobody can set; what was noted in the attempt's
// row lets it go on after the page was gone (rules/timing.js).
import {advanced, left, resumed} from '../rules/timing.js';

export const NEW = {elapsed: 0, wall: 0, segment: 0, turned_back: false};

// By attempt: an officer who leaves the page and comes back has the same clock.
const running = new Map();

const begun = (state) => ({state, since: performance.now()});

// `noted`: the state in the attempt's row; null when the attempt begins now.
export function start(attempt, noted) {
  if (!running.has(attempt)) {
    const wall = Date.now();
    running.set(attempt, begun(noted ? resumed(noted, wall) : {...NEW, wall}));
  }
  return read(attempt);
}

// {elapsed, wall, segment, turned_back} now.
export function read(attempt) {
  const {state, since} = running.get(attempt);
  return advanced(state, performance.now() - since, Date.now());
}

// Milliseconds that are left; Infinity where there is no limit.
export const leftOf = (limit, state) => (limit ? left(limit, state.elapsed) : Infinity);
