"""Being late, whole percent and order."""

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
    ("part", "whole", "found"),
    [
        (2, 12, "0.16"),
        (5, 12, "0.41"),
        (8, 12, "0.66"),
        (11, 12, "0.91"),
        (0, 4, "0.00"),
        (29, 100, "0.29"),
        (5, 5, "1.00"),
    ],
)
def test_a_share_is_cut_to_whole_percent_as_on_the_tablet(
    part: int, whole: int, found: str
) -> None:
    assert rules.share(part, whole) == Decimal(found)


def test_a_score_just_below_a_pass_is_never_rounded_up_to_it() -> None:
    assert rules.percent(Decimal("0.795")) == Decimal("0.79")
    assert rules.percent(Decimal("0.7999")) == Decimal("0.79")
    assert rules.percent(Decimal("0.8")) == Decimal("0.80")


def test_a_share_or_mean_of_nothing_is_none() -> None:
    assert rules.share(0, 0) is None
    assert rules.mean([]) is None


def test_a_mean_is_cut_once_and_only_where_it_is_not_whole() -> None:
    assert rules.mean([Decimal("0.8333"), Decimal("0.9167")]) == Decimal("0.87")
    fifth = [Decimal("0.0833")] * 4 + [Decimal("0.6667")]  # 1, 1, 1, 1 and 8 of 12
    assert rules.mean(fifth) == Decimal("0.20")


def test_officer_2_comes_before_officer_10() -> None:
    names = ["Officer 10", "officer 2", "Anna", "10", "၂ ဌာန"]
    assert sorted(names, key=rules.natural) == ["10", "Anna", "officer 2", "Officer 10", "၂ ဌာန"]
