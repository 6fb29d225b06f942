"""An attempt's own clock, which stands on the tablet's monotonic one, and what of it a trainer should look at.

All times are whole milliseconds. That an answer arrived late plays no part: out here they all do.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A device clock may be set right by this much without having been turned back.
WOBBLE = 2_000
# An answer may be given as the time runs out and be written down a little later.
GRACE = 5_000
DRIFT = 120_000


@dataclass(frozen=True)
class State:
    """`wall` is the device clock when it was last looked at; a segment ends where the page was gone."""

    elapsed: int
    wall: int
    segment: int = 0
    turned_back: bool = False


@dataclass(frozen=True)
class Moment:
    """What the timing of one statement says; `at` is its time by the device clock."""

    sequence: int
    elapsed: int
    segment: int
    at: int
    turned_back: bool = False


def resumed(state: State, wall: int) -> State:
    """The page was gone and with it the monotonic clock: the device clock says how long."""
    return State(
        elapsed=state.elapsed + max(0, wall - state.wall),
        wall=wall,
        segment=state.segment + 1,
        turned_back=state.turned_back or wall < state.wall - WOBBLE,
    )


def advanced(state: State, since: float, wall: int) -> State:
    """`since`: milliseconds by the monotonic clock since `state` was made."""
    elapsed = state.elapsed + max(0, math.floor(since + 0.5))
    return State(elapsed, wall, state.segment, state.turned_back)


def left(limit: int, elapsed: int) -> float:
    """Infinite where the limit is 0, which is none."""
    return max(0, limit - elapsed) if limit else math.inf


def judged(limit: int, answers: Iterable[Moment], handed_in: Moment | None = None) -> list[str]:
    """The flags of an attempt, in this order."""
    given = sorted(answers, key=lambda each: each.sequence)
    moments = [*given, handed_in] if handed_in else given
    found = {
        "over-time": limit > 0 and any(each.elapsed > limit + GRACE for each in given),
        "time-ran-back": _ran_back(moments),
        "clock-changed": any(each.turned_back for each in moments),
        "clock-disagrees": _disagrees(moments),
    }
    return [flag for flag, seen in found.items() if seen]


def _ran_back(moments: Sequence[Moment]) -> bool:
    pairs = itertools.pairwise(moments)
    return any(later.elapsed < earlier.elapsed for earlier, later in pairs)


def _disagrees(moments: Sequence[Moment]) -> bool:
    """Whether the two clocks drift apart between any two statements of one segment."""
    apart: dict[int, list[int]] = {}
    for each in moments:
        apart.setdefault(each.segment, []).append(each.at - each.elapsed)
    return any(max(offsets) - min(offsets) > DRIFT for offsets in apart.values())
