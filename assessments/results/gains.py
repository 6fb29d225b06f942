"""What a group learned between its pre-test and its post-test."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from assessments.models import Purpose
from assessments.results.contents import Contents
from assessments.results.sittings import Sitting
from assessments.rules.statistics import Gain, gain

# Shares of an officer by objective; "" is the whole test, NONE the items without an objective.
WHOLE = ""
NONE = "-"
Shares = dict[str, float]


@dataclass(frozen=True)
class LearningGain:
    """The gain in the whole test and in each objective that both tests asked about."""

    whole: Gain
    objectives: dict[str, Gain]


def learning_gain(sittings: Iterable[Sitting], contents: Contents) -> LearningGain | None:
    """Of officers with both tests, one sitting of each; None where there is none."""
    before: dict[UUID, Shares] = {}
    after: dict[UUID, Shares] = {}
    for sitting in sittings:
        side = {Purpose.PRE: before, Purpose.POST: after}.get(Purpose(sitting.attempt.purpose))
        if side is not None:
            side[sitting.attempt.learner] = _shares(sitting, contents)
    learners = sorted(before.keys() & after.keys())
    names = {
        name for learner in learners for name in before[learner].keys() & after[learner].keys()
    }
    gains = {name: _gain(name, learners, before, after) for name in sorted(names)}
    whole = gains.pop(WHOLE, None)
    return LearningGain(whole, gains) if whole else None


def _gain(
    name: str, learners: list[UUID], before: dict[UUID, Shares], after: dict[UUID, Shares]
) -> Gain:
    pairs = [
        (before[each][name], after[each][name])
        for each in learners
        if name in before[each] and name in after[each]
    ]
    found = gain(pairs)
    assert found is not None
    return found


def _shares(sitting: Sitting, contents: Contents) -> Shares:
    found: dict[str, list[float]] = {}
    for pair in sitting.asked:
        share = sitting.share(pair[0])
        objective = contents.get(pair, {}).get("objective") or NONE
        for name in (WHOLE, objective):
            found.setdefault(name, []).append(share)
    return {name: fmean(shares) for name, shares in found.items()}
