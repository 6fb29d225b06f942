"""What is odd, incomplete or of somebody else costs no answer and stops no reader."""

from typing import Any

import pytest

from assessments.attempts import reader
from assessments.models import Attempt, AttemptAnswer, Cursor
from tests.integration.assessments.attempts.conftest import (
    GRADED,
    ITEMS,
    RIGHT,
    World,
    know,
    marks,
    publish,
    table,
)
from tests.integration.assessments.conftest import Tablet
from tests.support.attempts import part, right, single


def test_what_cannot_be_read_is_counted_and_stops_nobody(
    graded: World, caplog: pytest.LogCaptureFixture
) -> None:
    made = graded.sits(GRADED).takes(RIGHT)
    odd = graded.sits(GRADED).begins()
    odd["context"]["contextActivities"]["grouping"] = [{"id": "urn:uuid:17"}]
    row = graded.reads(odd, *made)
    assert row.standing == "marked"
    assert Cursor.objects.get(reader="attempts").unreadable == 1
    assert str(row.learner) not in caplog.text
    reader.rebuild()
    assert Cursor.objects.get(reader="attempts").unreadable == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"timing": "soon"}, {"timing": {"elapsed": -1}}, {"timing": {"elapsed": 2**70}}, {"chain": []},
        {"chain": {"n": "1"}}, {"sequence": "x"}, {"confidence": 9}, {"device": 7}, {"edition": None},
        {"clock": {"device": "soon"}}, {"item": {"version": True}}, {"chain": {"n": 2**40}},
    ],
)  # fmt: skip
def test_an_answer_is_not_lost_to_a_wrong_number_beside_it(
    graded: World, odd: dict[str, Any]
) -> None:
    sitter = graded.sits(GRADED)
    begun, answer = sitter.begins(), sitter.answers(ITEMS[0]["id"], right(ITEMS[0]))
    for name, value in odd.items():
        answer["context"]["extensions"][f"tag:elearning.example,2026:{name}"] = value
    graded.reads(begun, answer)
    assert AttemptAnswer.objects.get().points == 1


def test_a_text_that_no_database_takes_is_kept_without_it(graded: World) -> None:
    sitter = graded.sits(GRADED)
    graded.reads(sitter.begins(), sitter.answers(ITEMS[0]["id"], ["a\0b"]))
    assert AttemptAnswer.objects.get().response == ["ab"]


def test_a_statement_without_its_beginning_still_counts(graded: World) -> None:
    made = graded.sits(GRADED).takes(RIGHT)
    row = graded.reads(*made[1:])
    assert (row.scaled, row.begun, row.flags) == (1, None, ["chain-gap"])
    graded.sends(made[0])
    reader.catch_up()
    row = Attempt.objects.get()
    assert row.begun and row.flags == []
    assert len(marks()) == 1


def test_a_paired_test_without_its_beginning_is_told_by_what_was_answered(world: World) -> None:
    items = [single(f"pair {number}") for number in range(4)]
    test = part("pre", "pre", items)
    world.publish(test)
    know(items)
    sitter = world.sits(test)
    row = world.reads(*sitter.takes({each["id"]: right(each) for each in items})[1:])
    assert (row.form, row.scaled) == (sitter.form, 1)


def test_statements_of_lessons_and_of_other_systems_are_no_attempts(
    graded: World, tablet: Tablet
) -> None:
    lesson = tablet.says("initialized")
    foreign = tablet.says("answered")
    foreign["context"]["contextActivities"] = {"grouping": [{"id": "https://moodle.example/1"}]}
    graded.sends(lesson, tablet.says("completed"), foreign)
    reader.catch_up()
    assert table() == ([], [])
    assert Cursor.objects.get(reader="attempts").unreadable == 0


def test_an_edition_whose_file_is_no_test_stops_nobody(world: World) -> None:
    publish(world.module, [GRADED | {"items": 7}])
    assert world.reads(*world.sits(GRADED).takes(RIGHT)).standing == "elsewhere"


def test_a_key_of_an_unknown_shape_stops_nobody_elses_marking(world: World) -> None:
    """As a newer centre may hand one down."""
    odd = part("odd", "graded", [single("odd item")])
    world.publish(GRADED, odd)
    know(ITEMS)
    know([single("odd item") | {"key": {}}])
    (item,) = odd["items"]
    world.sends(*world.sits(odd).takes({item["id"]: ["x"]}))
    row = world.reads(*world.sits(GRADED).takes(RIGHT))
    assert row.standing == "marked"
