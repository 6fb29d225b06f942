"""When something is late, and how shares are rounded. No Django in this file."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

PASSED = "passed"
WHOLE_PERCENT = Decimal("0.01")


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
    return percent(sum(found, Decimal(0)) / len(found)) if found else None


def percent(value: Decimal) -> Decimal:
    """Rounded once, here, so that a screen in whole percent and a file show the same number."""
    return value.quantize(WHOLE_PERCENT, ROUND_HALF_UP)


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key that sorts "Officer 2" before "Officer 10"."""
    words = re.findall(r"[0-9]+|[^0-9]+", text.casefold())
    return [(0, int(word), "") if word.isdecimal() else (1, 0, word) for word in words]
