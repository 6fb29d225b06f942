"""Being late, rounding and order."""

from datetime import date
from decimal import Decimal

import pytest

from courses import rules

DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("state", "today", "days"),
    [
        ("not-started", date(2026, 11, 19), 0),
        ("not-started", date(2026, 11, 20), 0),
        ("in-progress", date(2026, 11, 21), 1),
        ("failed", date(2026, 12, 20), 30),
        ("passed", date(2026, 12, 20), 0),
    ],
)
def test_who_has_not_passed_is_late_from_the_day_after_the_due_date(
    state: str, today: date, days: int
) -> None:
    assert rules.days_late(DUE, state, today) == days


def test_without_a_due_date_nobody_is_late() -> None:
    assert rules.days_late(None, "not-started", date(2030, 1, 1)) == 0


def test_no_due_date_is_later_than_any() -> None:
    assert rules.earlier(DUE, None)
    assert not rules.earlier(None, DUE)
    assert not rules.earlier(DUE, DUE)


@pytest.mark.parametrize(
    ("part", "whole", "found"), [(2, 3, "0.67"), (1, 8, "0.13"), (0, 4, "0.00"), (5, 5, "1.00")]
)
def test_a_share_is_rounded_to_whole_percent_half_up(part: int, whole: int, found: str) -> None:
    assert rules.share(part, whole) == Decimal(found)


def test_a_share_or_mean_of_nothing_is_none() -> None:
    assert rules.share(0, 0) is None
    assert rules.mean([]) is None


def test_a_mean_is_rounded_once() -> None:
    assert rules.mean([Decimal("0.8333"), Decimal("0.9167")]) == Decimal("0.88")


def test_officer_2_comes_before_officer_10() -> None:
    names = ["Officer 10", "officer 2", "Anna", "10", "၂ ဌာန"]
    assert sorted(names, key=rules.natural) == ["10", "Anna", "officer 2", "Officer 10", "၂ ဌာန"]
