"""When something is late, and how shares are cut. No Django in this file."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

PASSED = "passed"
WHOLE_PERCENT = Decimal("0.01")
# What a stored score is exact to (assessments.rules.progress.STEP).
EXACT = Decimal("0.0001")


def days_late(due: date | None, state: str, today: date) -> int:
    """Whole days since the due date; 0 where nothing is late. The due date itself is in time."""
    if due is None or state == PASSED:
        return 0
    return max((today - due).days, 0)


def earlier(one: date | None, other: date | None) -> bool:
    """Whether `one` is due before `other`; no due date is later than any."""
    return one is not None and (other is None or one < other)


def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` as whole hundredths; None of nothing."""
    return percent(Decimal(part) / whole) if whole else None


def mean(values: Iterable[Decimal]) -> Decimal | None:
    """The average, as whole hundredths; None of nothing."""
    found = list(values)
    return computed(sum(found, Decimal(0)) / len(found)) if found else None


def computed(value: Decimal | float) -> Decimal:
    """A share that was computed, as whole hundredths.

    Rounded to what scores are exact to before it is cut: 0.0833 four times and 0.6667 are a fifth.
    """
    return percent(Decimal(value).quantize(EXACT, ROUND_HALF_UP))


def hundredths(value: float | None) -> float | None:
    """A figure that is no share, such as a correlation: rounded, and never -0.0."""
    return None if value is None else round(value, 2) + 0.0


def points(value: float | None) -> int | None:
    """A difference of two shares in whole percentage points."""
    return None if value is None else round(value * 100)


def percent(value: Decimal) -> Decimal:
    """Cut to whole percent, once, here: every screen and file then shows the same number.

    Cut and never rounded up, as the tablet does it (formatPercent in i18n.js): 0.795 is 79 % of a
    test that is passed with 80, and 11 of 12 is 91 % in the trainer's room and on the tablet.
    """
    return value.quantize(WHOLE_PERCENT, ROUND_FLOOR)


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key that sorts "Officer 2" before "Officer 10"."""
    words = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return [(0, int(word), "") if word.isdecimal() else (1, 0, word) for word in words]
