// An attempt's own clock, in whole milliseconds. A state is {elapsed, wall, segment, turned_back}; `wall` is the device clock when
// it was made.

const WOBBLE = 2000;
const GRACE = 5000;
const DRIFT = 120000;

// The page was gone and with it the monotonic clock: the device clock says how long.
export const resumed = (state, wall) => ({
  elapsed: state.elapsed + Math.max(0, wall - state.wall),
  wall,
  segment: state.segment + 1,
  turned_back: state.turned_back || wall < state.wall - WOBBLE,
});

// `since`: milliseconds by the monotonic clock since `state` was made.
export const advanced = (state, since, wall) => ({...state, elapsed: state.elapsed + Math.max(0, Math.floor(since + 0.5)), wall});

// Infinite where the limit is 0, which is none.
export const left = (limit, elapsed) => (limit ? Math.max(0, limit - elapsed) : Infinity);

const disagrees = (moments) => {
  const apart = new Map();
  for (const {segment, at, elapsed} of moments) apart.set(segment, [...(apart.get(segment) ?? []), at - elapsed]);
  return [...apart.values()].some((offsets) => Math.max(...offsets) - Math.min(...offsets) > DRIFT);
};

// The flags of an attempt; its answers, and the handing in, are {sequence, elapsed, segment, at, turned_back}.
export function judged(limit, answers, handedIn = null) {
  const given = [...answers].sort((one, other) => one.sequence - other.sequence);
  const moments = handedIn ? [...given, handedIn] : given;
  const found = {
    'over-time': limit > 0 && given.some(({elapsed}) => elapsed > limit + GRACE),
    'time-ran-back': moments.some(({elapsed}, place) => place > 0 && elapsed < moments[place - 1].elapsed),
    'clock-changed': moments.some((moment) => moment.turned_back),
    'clock-disagrees': disagrees(moments),
  };
  return Object.keys(found).filter((flag) => found[flag]);
}
