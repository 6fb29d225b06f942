"""Item analysis: how an item did among those who took it.

Upper and lower group are the 27 % with the highest and the lowest total: Kelley, T. L. (1939). The
selection of upper and lower groups for the validation of test items. Journal of Educational
Psychology 30, 17–24.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import StatisticsError, correlation, fmean, median, quantiles

KELLEY = 0.27
# Two points always lie on a line: a correlation of fewer than three says nothing.
FEWEST_FOR_CORRELATION = 3


@dataclass(frozen=True)
class Taken:
    """One officer's answer to the item in one sitting.

    `share` is of the item's points, `total` the sum of the shares of all the `asked` items of that
    sitting, this one among them; `spent` in milliseconds; `chosen` what was chosen, by id.
    """

    share: float
    total: float
    asked: int
    chosen: tuple[str, ...] = ()
    spent: int | None = None
    confidence: int | None = None

    @property
    def whole(self) -> float:
        return self.total / self.asked

    @property
    def rest(self) -> float:
        """The share of all other items; a sitting of one item has none."""
        return (self.total - self.share) / (self.asked - 1) if self.asked > 1 else 0.0


@dataclass(frozen=True)
class ChoiceCount:
    """How many took a choice: of all, of the upper and of the lower group."""

    choice: str
    all: int
    upper: int
    lower: int


@dataclass(frozen=True)
class Times:
    """Milliseconds of the `n` whose time is known: lower quartile, median, upper quartile."""

    n: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True)
class Sureness:
    """Of the `n` who were this sure (1 to 3), the mean share that they got."""

    level: int
    n: int
    share: float


@dataclass(frozen=True)
class ItemFigures:
    """`facility`: the mean share of the points. `correlation`: between the item and the rest of
    the test (corrected item-total, the point-biserial one where an item is right or wrong).
    `index`: upper minus lower group's facility; each has `group` officers."""

    n: int
    facility: float
    correlation: float | None
    index: float | None
    group: int
    choices: list[ChoiceCount] = field(default_factory=list)
    times: Times | None = None
    sureness: list[Sureness] = field(default_factory=list)


def analyse(
    taken: Sequence[Taken], choices: Sequence[str] = (), part: float = KELLEY
) -> ItemFigures | None:
    """None where nobody took it. `choices` are the ids to count; where totals are equal at the edge
    of a group, the order of `taken` decides, so give it in an order that says nothing."""
    if not taken:
        return None
    upper, lower = groups(taken, part)
    return ItemFigures(
        n=len(taken),
        facility=fmean(each.share for each in taken),
        correlation=_with_the_rest(taken),
        index=_index(upper, lower),
        group=len(upper),
        choices=[_count(choice, taken, upper, lower) for choice in choices],
        times=_times([each.spent for each in taken if each.spent is not None]),
        sureness=_sureness(taken),
    )


def groups(taken: Sequence[Taken], part: float = KELLEY) -> tuple[list[Taken], list[Taken]]:
    """The highest and the lowest by total; `part` of all, rounded half up, and never the same officer twice."""
    size = min(max(math.floor(part * len(taken) + 0.5), 1), len(taken) // 2)
    ordered = sorted(taken, key=lambda each: -each.whole)
    return ordered[:size], ordered[len(ordered) - size :]


def _index(upper: Sequence[Taken], lower: Sequence[Taken]) -> float | None:
    if not upper:
        return None
    return fmean(each.share for each in upper) - fmean(each.share for each in lower)


def _with_the_rest(taken: Sequence[Taken]) -> float | None:
    """None where it is not defined: too few, or all equal in the item or in the rest."""
    if len(taken) < FEWEST_FOR_CORRELATION:
        return None
    try:
        return correlation([each.share for each in taken], [each.rest for each in taken])
    except StatisticsError:
        return None


def _count(
    choice: str, taken: Sequence[Taken], upper: Sequence[Taken], lower: Sequence[Taken]
) -> ChoiceCount:
    counts = [sum(choice in each.chosen for each in group) for group in (taken, upper, lower)]
    return ChoiceCount(choice, *counts)


def _times(spent: Sequence[int]) -> Times | None:
    if not spent:
        return None
    if len(spent) == 1:
        return Times(1, spent[0], spent[0], spent[0])
    first, _second, third = quantiles(spent, n=4, method="inclusive")
    return Times(len(spent), first, median(spent), third)


def _sureness(taken: Sequence[Taken]) -> list[Sureness]:
    levels = sorted({each.confidence for each in taken if each.confidence is not None})
    shares = {level: [each.share for each in taken if each.confidence == level] for level in levels}
    return [Sureness(level, len(found), fmean(found)) for level, found in shares.items()]
