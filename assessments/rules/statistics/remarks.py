"""Items that misbehave, by what their figures say.

DISCRIMINATES is of Ebel, R. L. & Frisbie, D. A. (1991), Essentials of Educational Measurement: an
index of 0.19 and less is a poor item, to be rejected or improved by revision. The other thresholds
have no source: they were chosen here, as said beside each.
"""

from enum import StrEnum

from assessments.rules.statistics.items import ChoiceCount, ItemFigures

# Below this many officers a remark would be about them and not about the item.
ENOUGH = 10
# Fewer than three in ten of the points: little better than guessing among four choices.
TOO_HARD = 0.30
# More than nineteen in twenty: it tells nobody from anybody.
TOO_EASY = 0.95
DISCRIMINATES = 0.20
# One officer of the upper group may have slipped.
STRONG_BY = 2
# Twice the usual median time of the items of its test, and a minute at least.
SLOW_TIMES = 2.0
SLOW_FROM = 60_000


class Remark(StrEnum):
    TOO_HARD = "too-hard"
    TOO_EASY = "too-easy"
    WEAK = "does-not-discriminate"
    NEGATIVE = "negative-discrimination"
    UNUSED = "unused-distractor"
    STRONG_WRONG = "strong-choose-wrong"
    SLOW = "slow"


def remarks(
    figures: ItemFigures, right: frozenset[str] = frozenset(), usual: float | None = None
) -> list[Remark]:
    """None at all below ENOUGH officers. `right`: the ids of the right choices; `usual`: the median
    of the median times of all items of the test, in milliseconds."""
    if figures.n < ENOUGH:
        return []
    wrong = [each for each in figures.choices if each.choice not in right]
    found = {
        Remark.TOO_HARD: figures.facility < TOO_HARD,
        Remark.TOO_EASY: figures.facility > TOO_EASY,
        Remark.NEGATIVE: _is_negative(figures),
        Remark.WEAK: _is_weak(figures) and not _is_negative(figures),
        Remark.UNUSED: figures.facility <= TOO_EASY and any(not each.all for each in wrong),
        Remark.STRONG_WRONG: any(_draws_the_strong(each) for each in wrong),
        Remark.SLOW: _is_slow(figures, usual),
    }
    return [remark for remark, holds in found.items() if holds]


def unused(figures: ItemFigures, right: frozenset[str]) -> list[str]:
    """The wrong choices that nobody took."""
    return [each.choice for each in figures.choices if not each.all and each.choice not in right]


def strong_wrong(figures: ItemFigures, right: frozenset[str]) -> list[str]:
    """The wrong choices that the upper group took more often than the lower one."""
    found = figures.choices
    return [each.choice for each in found if each.choice not in right and _draws_the_strong(each)]


def _is_negative(figures: ItemFigures) -> bool:
    return figures.index is not None and figures.index < 0


def _is_weak(figures: ItemFigures) -> bool:
    """An item that nearly all get right cannot discriminate: that is said of it already."""
    if figures.index is None or figures.facility > TOO_EASY:
        return False
    return figures.index < DISCRIMINATES


def _draws_the_strong(count: ChoiceCount) -> bool:
    return count.upper >= count.lower + STRONG_BY


def _is_slow(figures: ItemFigures, usual: float | None) -> bool:
    if usual is None or figures.times is None:
        return False
    return figures.times.median > max(SLOW_TIMES * usual, SLOW_FROM)
