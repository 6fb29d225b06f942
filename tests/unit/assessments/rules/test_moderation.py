"""What two or three markers come to."""

import pytest

from assessments.rules.moderation import (
    Given,
    Outcome,
    Waits,
    differ,
    missing,
    out_of,
    outcome,
    points,
)


def criterion(name: str, *worth: int) -> dict[str, object]:
    return {"id": name, "levels": [{"id": f"{name}{each}", "points": each} for each in worth]}


# The second is written from the best level to the worst.
RUBRIC = [criterion("a", 0, 1, 2, 3), criterion("b", 4, 2, 0)]


def given(a: int, b: int) -> Given:
    return Given({"a": f"a{a}", "b": f"b{b}"}, a + b)


def test_nobody_has_marked() -> None:
    assert outcome(RUBRIC, None) == Outcome(Waits.FIRST)


def test_the_first_mark_is_final_where_no_second_is_wanted() -> None:
    assert outcome(RUBRIC, given(2, 2)) == Outcome(Waits.NOBODY, 4)
    assert outcome(RUBRIC, given(2, 2), second_wanted=True) == Outcome(Waits.SECOND)


@pytest.mark.parametrize(
    ("one", "other", "final"),
    [((2, 2), (2, 2), 4), ((2, 2), (3, 2), 5), ((1, 2), (2, 2), 4), ((1, 0), (0, 2), 2)],
)
def test_two_within_a_level_come_to_their_mean_rounded_half_up(
    one: tuple[int, int], other: tuple[int, int], final: int
) -> None:
    assert outcome(RUBRIC, given(*one), given(*other)) == Outcome(Waits.NOBODY, final)
    assert outcome(RUBRIC, given(*other), given(*one)) == Outcome(Waits.NOBODY, final)


def test_two_that_differ_by_more_than_a_level_wait_for_a_moderator() -> None:
    """Also where the points are the same."""
    assert outcome(RUBRIC, given(3, 0), given(1, 2)) == Outcome(Waits.MODERATOR)
    assert outcome(RUBRIC, given(0, 4), given(0, 0)) == Outcome(Waits.MODERATOR)


def test_a_moderator_has_the_last_word() -> None:
    found = outcome(RUBRIC, given(3, 0), given(1, 2), given(0, 4))
    assert found == Outcome(Waits.NOBODY, 4)


def test_levels_are_apart_by_their_points_and_not_by_the_order_they_are_written_in() -> None:
    assert not differ(RUBRIC, given(0, 4).levels, given(1, 2).levels)
    assert differ(RUBRIC, given(0, 4).levels, given(0, 0).levels)


def test_points_are_those_of_the_levels_out_of_the_best() -> None:
    assert points(RUBRIC, given(3, 2).levels) == 5
    assert out_of(RUBRIC) == 7
    assert points(RUBRIC, {"a": "a3", "b": "unknown"}) == 3
    assert missing(RUBRIC, {"a": "a3", "b": "a1"}) == ["b"]
    assert out_of([]) == 1
