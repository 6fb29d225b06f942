"""Which items are pointed out."""

from dataclasses import replace

from assessments.rules.statistics import ChoiceCount, ItemFigures, Remark, remarks
from assessments.rules.statistics.items import Times

RIGHT = frozenset({"a"})
GOOD = ItemFigures(
    n=40,
    facility=0.6,
    correlation=0.4,
    index=0.5,
    group=11,
    choices=[ChoiceCount("a", 24, 9, 4), ChoiceCount("b", 10, 1, 4), ChoiceCount("c", 6, 1, 3)],
    times=Times(40, 20_000, 30_000, 40_000),
)


def said(usual: float | None = 30_000, **changes: object) -> list[Remark]:
    return remarks(replace(GOOD, **changes), RIGHT, usual)


def test_a_good_item_is_left_alone() -> None:
    assert said() == []


def test_hard_and_easy_are_told_at_their_thresholds() -> None:
    assert said(facility=0.29) == [Remark.TOO_HARD]
    assert said(facility=0.30) == []
    assert said(facility=0.96) == [Remark.TOO_EASY]


def test_an_index_of_19_hundredths_is_poor_as_ebel_and_frisbie_have_it() -> None:
    assert said(index=0.19) == [Remark.WEAK]
    assert said(index=0.20) == []
    assert said(index=-0.1) == [Remark.NEGATIVE]


def test_an_item_that_nearly_all_get_right_is_not_blamed_twice() -> None:
    assert said(facility=0.98, index=0.05) == [Remark.TOO_EASY]


def test_a_wrong_choice_that_nobody_takes_is_pointed_out() -> None:
    assert said(choices=[*GOOD.choices, ChoiceCount("d", 0, 0, 0)]) == [Remark.UNUSED]


def test_a_wrong_choice_that_draws_the_strong_is_pointed_out() -> None:
    draws = ChoiceCount("d", 6, 4, 2)
    assert said(choices=[*GOOD.choices, draws]) == [Remark.STRONG_WRONG]
    assert said(choices=[*GOOD.choices, replace(draws, upper=3)]) == []


def test_slow_is_slow_beside_the_other_items() -> None:
    slow = Times(40, 60_000, 90_000, 120_000)
    assert said(times=slow) == [Remark.SLOW]
    assert said(usual=50_000, times=slow) == []
    assert said(usual=None, times=slow) == []


def test_nothing_is_said_of_an_item_that_few_have_taken() -> None:
    assert said(n=9, facility=0.1, index=-1.0) == []
