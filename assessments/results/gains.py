"""What a group learned between its pre-test and its post-test."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from assessments.models import Attempt, Purpose
from assessments.results.contents import Contents
from assessments.results.sittings import Sitting
from assessments.rules.statistics import Gain, gain

# Shares of an officer by objective; "" is the whole test, NONE the items without an objective.
WHOLE = ""
NONE = "-"
Shares = dict[str, float]


@dataclass(frozen=True)
class Learned:
    """`same_form`: how many of the officers had the same questions before and after."""

    gain: Gain
    same_form: int


@dataclass(frozen=True)
class LearningGain:
    """What was learned of the whole test and of each objective that both tests asked about."""

    whole: Learned
    objectives: dict[str, Learned]


def learning_gain(sittings: Iterable[Sitting], contents: Contents) -> LearningGain | None:
    """Of officers with both tests, one sitting of each; None where there is none."""
    sat = {each.attempt.pk: each for each in sittings}
    taken = [
        _Taken(
            _shares(sat[pre.pk], contents), _shares(sat[post.pk], contents), same_form(pre, post)
        )
        for _learner, (pre, post) in sorted(pairs(each.attempt for each in sat.values()).items())
    ]
    names = {name for each in taken for name in each.before.keys() & each.after.keys()}
    found = {name: _learned(name, taken) for name in sorted(names)}
    whole = found.pop(WHOLE, None)
    return LearningGain(whole, found) if whole else None


def pairs(attempts: Iterable[Attempt]) -> dict[UUID, tuple[Attempt, Attempt]]:
    """The pre-test and the post-test of each officer with both; of one module, one attempt of each."""
    before: dict[UUID, Attempt] = {}
    after: dict[UUID, Attempt] = {}
    for each in attempts:
        side = {Purpose.PRE.value: before, Purpose.POST.value: after}.get(each.purpose)
        if side is not None:
            side[each.learner] = each
    return {learner: (before[learner], after[learner]) for learner in before.keys() & after.keys()}


def same_form(pre: Attempt, post: Attempt) -> bool:
    """Whether the officer met the same questions twice: then some of the gain may be remembering."""
    return bool(pre.form) and pre.form == post.form


@dataclass(frozen=True)
class _Taken:
    before: Shares
    after: Shares
    same_form: bool


def _learned(name: str, taken: list[_Taken]) -> Learned:
    both = [each for each in taken if name in each.before and name in each.after]
    found = gain([(each.before[name], each.after[name]) for each in both])
    assert found is not None
    return Learned(found, sum(each.same_form for each in both))


def _shares(sitting: Sitting, contents: Contents) -> Shares:
    found: dict[str, list[float]] = {}
    for pair in sitting.asked:
        share = sitting.share(pair[0])
        objective = contents.get(pair, {}).get("objective") or NONE
        for name in (WHOLE, objective):
            found.setdefault(name, []).append(share)
    return {name: fmean(shares) for name, shares in found.items()}
