// An attempt's own clock, which stands on the tablet's monotonic one, and what of it a trainer should look at. All times are
// whole milliseconds. A state is {elapsed, wall, segment, turned_back}: `wall` is the device clock when it was last looked at; a
// segment ends where the page was gone. That an answer arrived late plays no part: out here they all do.

// A device clock may be set right by this much without having been turned back.
const WOBBLE = 2000;
// An answer may be given as the time runs out and be written down a little later.
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

// Whether the two clocks drift apart between any two statements of one segment.
const disagrees = (moments) => {
  const apart = new Map();
  for (const {segment, at, elapsed} of moments) apart.set(segment, [...(apart.get(segment) ?? []), at - elapsed]);
  return [...apart.values()].some((offsets) => Math.max(...offsets) - Math.min(...offsets) > DRIFT);
};

// The flags of an attempt. An answer (and the handing in, or null) is {sequence, elapsed, segment, at, turned_back}; `at` is its
// time by the device clock.
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
