"""An attempt is marked by the server when it arrives; the officer's tablet has no key."""

import json
import uuid
from decimal import Decimal
from typing import Any

import pytest

from assessments import progress
from assessments.attempts import reader
from assessments.models import (
    Attempt,
    AttemptAnswer,
    Mark,
    Progress,
    Scope,
    Statement,
)
from tests.integration.assessments.attempts.conftest import (
    GRADED,
    ITEMS,
    OBJECTIVE,
    RIGHT,
    World,
    know,
    marks,
    table,
)
from tests.integration.assessments.systems import make_system, voiding
from tests.support.attempts import (
    forget_items,
    levels,
    long,
    old_test,
    part,
    right,
    single,
    wrong,
)


def test_a_graded_test_is_marked_on_arrival(graded: World) -> None:
    row = graded.reads(*graded.sits(GRADED).takes(RIGHT))
    assert (row.standing, row.scaled, row.passed) == ("marked", Decimal(1), True)
    assert (row.purpose, row.learner, row.test) == ("graded", graded.tablet.officer.pk, uuid.UUID(GRADED["id"]))  # fmt: skip
    assert row.flags == []
    assert [each["item"] for each in row.items] == [each["id"] for each in ITEMS]
    assert row.objectives == [{"objective": OBJECTIVE, "share": 1.0, "mastered": True}]
    assert AttemptAnswer.objects.filter(points=1, out_of=1).count() == 5


def test_what_is_not_answered_is_worth_nothing(graded: World) -> None:
    item = ITEMS[0]["id"]
    row = graded.reads(*graded.sits(GRADED).takes({item: RIGHT[item]}))
    assert (row.scaled, row.passed) == (Decimal("0.2"), False)
    assert row.objectives == [{"objective": OBJECTIVE, "share": 0.5, "mastered": False}]


def test_the_latest_answer_by_the_tablets_count_counts(graded: World) -> None:
    sitter = graded.sits(GRADED)
    item = ITEMS[0]
    made = [
        sitter.begins(),
        sitter.answers(item["id"], right(item)),
        sitter.answers(item["id"], wrong(item)),
    ]
    graded.reads(made[2], made[0], made[1])
    answer = AttemptAnswer.objects.get()
    assert (answer.response, answer.points, answer.sequence) == (wrong(item), 0, 3)
    assert (answer.elapsed, answer.spent) == (20_000, 10_000)


def test_an_attempt_that_goes_on_is_open_and_has_no_mark(graded: World) -> None:
    sitter = graded.sits(GRADED)
    row = graded.reads(
        sitter.begins(), sitter.answers(ITEMS[0]["id"], right(ITEMS[0]), confidence=3)
    )
    assert (row.standing, row.scaled, row.objectives) == ("open", None, [])
    assert AttemptAnswer.objects.get().confidence == 3
    assert marks() == []


def test_the_mark_is_a_statement_of_the_log_and_progress(graded: World) -> None:
    sitter = graded.sits(GRADED)
    graded.reads(*sitter.takes(RIGHT))
    (row,) = marks()
    said = json.loads(row.payload)
    assert (row.verb, row.actor, str(row.registration)) == ("passed", graded.tablet.officer.pk, sitter.attempt)  # fmt: skip
    assert said["result"] == {"completion": True, "success": True, "score": {"scaled": 1, "raw": 5, "min": 0, "max": 5}}  # fmt: skip
    assert said["authority"]["account"]["name"] == "server"
    answers = said["context"]["extensions"]["tag:elearning.example,2026:marked"]["answers"]
    assert answers[0] == {"item": ITEMS[0]["id"], "points": 1, "out_of": 1, "comment": ""}
    progress.catch_up()
    known = Progress.objects.get()
    assert (known.state, known.score, known.lessons) == ("passed", Decimal(1), [])


def test_reading_on_and_rebuilding_write_no_second_mark(graded: World) -> None:
    graded.reads(*graded.sits(GRADED).takes(RIGHT))
    before = table()
    reader.rebuild()
    reader.catch_up()
    Attempt.objects.all().delete()
    AttemptAnswer.objects.all().delete()
    reader.rebuild()
    assert table() == before
    assert len(marks()) == 1


def test_without_the_edition_it_waits_and_is_marked_when_it_comes(world: World) -> None:
    row = world.reads(*world.sits(GRADED).takes(RIGHT))
    assert (row.standing, row.scaled, row.purpose) == ("elsewhere", None, "graded")
    world.publish(GRADED)
    reader.remake_unmarked()
    assert Attempt.objects.get().standing == "elsewhere"
    know(ITEMS)
    reader.remake_unmarked()
    assert Attempt.objects.get().standing == "marked"


@pytest.mark.parametrize(("purpose", "form"), [("pre", "A"), ("post", "B"), ("pre", "B"), ("post", "A")])  # fmt: skip
def test_the_paired_tests_are_scored_by_their_form_and_decide_nothing(
    world: World, purpose: str, form: str
) -> None:
    items = [single(f"pair {number}") for number in range(4)]
    test = part(purpose, purpose, items)
    world.publish(test)
    know(items)
    sitter = world.sits(test)
    while sitter.form != form:
        sitter.assignment = str(uuid.uuid4())
    row = world.reads(*sitter.takes({each["id"]: right(each) for each in items[1:]}))
    assert (row.form, row.passed, row.scaled) == (form, None, Decimal("0.5") if form == "A" else 1)
    assert len(row.items) == 2
    (mark,) = marks()
    assert mark.verb == "scored"
    progress.catch_up()
    assert Progress.objects.get().state == "in-progress"


PRACTICE = part("practice", "practice", ITEMS)


def test_practice_that_the_tablet_has_marked_alike_is_passed_by_the_servers_mark_beside_it(
    world: World,
) -> None:
    world.publish(PRACTICE)
    row = world.reads(*world.sits(PRACTICE).takes(RIGHT, "passed", 1))
    assert (row.standing, row.scaled, row.claimed, row.passed) == ("marked", 1, 1, True)
    assert [each.verb for each in marks()] == ["passed"]
    assert Statement.objects.filter(verb="passed").count() == 2
    progress.catch_up()
    assert (Progress.objects.get().state, Progress.objects.get().score) == ("passed", 1)
    reader.rebuild()
    assert len(marks()) == 1


def test_practice_of_an_edition_that_is_not_here_is_not_passed_by_the_tablets_word(
    world: World,
) -> None:
    row = world.reads(*world.sits(PRACTICE).takes(RIGHT, "passed", 1))
    progress.catch_up()
    assert (row.standing, Progress.objects.get().state) == ("elsewhere", "in-progress")
    world.publish(PRACTICE)
    reader.remake_unmarked()
    progress.catch_up()
    assert Progress.objects.get().state == "passed"


def test_a_differing_mark_of_the_tablet_is_voided_and_remembered(world: World) -> None:
    world.publish(PRACTICE)
    item = ITEMS[0]["id"]
    row = world.reads(*world.sits(PRACTICE).takes({item: RIGHT[item]}, "passed", 0.9))
    assert (row.scaled, row.claimed, row.passed) == (Decimal("0.2"), Decimal("0.9"), False)
    assert sorted(each.verb for each in marks()) == ["failed", "voided"]
    progress.catch_up()
    assert (Progress.objects.get().state, Progress.objects.get().score) == (
        "failed",
        Decimal("0.2"),
    )
    before = table()
    reader.rebuild()
    assert table() == before
    assert len(marks()) == 2


def test_practice_that_decides_nothing_is_scored(world: World) -> None:
    test = PRACTICE | {"decides": False}
    world.publish(test)
    row = world.reads(*world.sits(test).takes(RIGHT, "scored", 0.5))
    assert (row.scaled, row.passed) == (1, True)
    assert sorted(each.verb for each in marks()) == ["scored", "voided"]


def test_where_nothing_is_decided_the_word_of_a_tablet_that_is_right_is_enough(
    world: World,
) -> None:
    test = PRACTICE | {"decides": False}
    world.publish(test)
    row = world.reads(*world.sits(test).takes(RIGHT, "scored", 1))
    assert (row.standing, row.scaled) == ("marked", 1)
    assert marks() == []


def test_a_test_of_the_first_editions_is_practice_that_decides(world: World) -> None:
    test = old_test("practice", ITEMS)
    world.publish(test)
    sitter = world.sits(PRACTICE, seal=None)
    made = sitter.takes(RIGHT, "passed", 1)
    for each in made:
        for name in ("chain", "attempt", "timing", "item"):
            each["context"]["extensions"].pop(f"tag:elearning.example,2026:{name}", None)
    row = world.reads(*made)
    assert (row.standing, row.scaled, row.purpose, row.flags) == ("marked", 1, "practice", [])
    assert len(row.items) == 5
    assert [each.verb for each in marks()] == ["passed"]


def test_a_tablet_cannot_pass_a_graded_test_by_saying_so(graded: World) -> None:
    row = graded.reads(*graded.sits(GRADED).takes({}, "passed", 1))
    assert (row.scaled, row.passed, row.claimed) == (0, False, 1)
    progress.catch_up()
    assert Progress.objects.get().state == "failed"


def test_a_tablet_cannot_speak_for_the_server(graded: World) -> None:
    """Neither with the words of a mark nor under the id that it will have."""
    sitter = graded.sits(GRADED)
    made = sitter.takes({})
    graded.reads(*made)
    (honest,) = marks()
    Statement.objects.filter(source=honest.source).delete()
    forged = sitter.hands_in("passed", 1) | {"id": str(honest.id)}
    words = {"by": "server", "answers": []}
    forged["context"]["extensions"]["tag:elearning.example,2026:marked"] = words
    row = graded.reads(forged)
    assert (row.scaled, row.passed) == (0, False)
    progress.catch_up()
    assert Progress.objects.get().state == "failed"
    assert honest.id not in {each.id for each in marks("failed")}


def test_a_voided_answer_counts_for_nothing_whichever_comes_first(graded: World) -> None:
    system = make_system(Scope.WRITE)
    sitter = graded.sits(GRADED)
    made = sitter.takes(RIGHT)
    system.stores(voiding(made[1]["id"]))
    row = graded.reads(*made)
    assert row.scaled == Decimal("0.8")
    system.stores(voiding(made[2]["id"]))
    reader.catch_up()
    assert Attempt.objects.get().scaled == Decimal("0.6")
    progress.catch_up()
    assert Progress.objects.get().state == "failed"


@pytest.mark.parametrize("first", ["the mark", "the void"])
def test_a_handing_in_that_is_taken_back_takes_its_mark_along(graded: World, first: str) -> None:
    system, made = make_system(Scope.WRITE), graded.sits(GRADED).takes(RIGHT)
    graded.sends(*made)
    if first == "the mark":
        progress.catch_up()
        assert Progress.objects.get().state == "passed"
    system.stores(voiding(made[-1]["id"]))
    progress.catch_up()
    row = Attempt.objects.get()
    assert (row.standing, row.scaled, Progress.objects.get().state) == ("open", None, "in-progress")
    before = table()
    reader.rebuild()
    assert table() == before


def test_an_attempt_that_was_all_voided_is_void_and_has_no_answers(graded: World) -> None:
    sitter = graded.sits(GRADED)
    made = [sitter.begins(), sitter.answers(ITEMS[0]["id"], right(ITEMS[0]))]
    graded.reads(*made)
    make_system(Scope.WRITE).stores(*(voiding(each["id"]) for each in made))
    reader.catch_up()
    assert (Attempt.objects.get().standing, AttemptAnswer.objects.count()) == ("void", 0)


def test_an_answer_that_comes_after_the_mark_is_marked_too(graded: World) -> None:
    made = graded.sits(GRADED).takes(RIGHT)
    late = made.pop(1)
    assert graded.reads(*made).scaled == Decimal("0.8")
    assert graded.reads(late).scaled == 1
    live = {each.id for each in marks()} - {each.target for each in marks("voided")}
    assert {each.verb for each in marks() if each.id in live} == {"passed", "voided"}
    progress.catch_up()
    assert Progress.objects.get().score == 1


LONG = long("essay")
WRITTEN = part("written", "graded", [*ITEMS, LONG])
ESSAY = {**RIGHT, LONG["id"]: ["My answer"]}


def by_hand(row: Attempt, points: int, role: str = "first", **more: Any) -> None:
    Mark.objects.create(
        attempt=row.pk, item=LONG["id"], role=role, by=uuid.uuid4(), levels=levels(LONG, points), points=points, out_of=4, **more
    )  # fmt: skip
    reader.remake_some([row.pk])


def test_a_long_answer_waits_for_a_person(world: World) -> None:
    world.publish(WRITTEN)
    know([*ITEMS, LONG])
    row = world.reads(*world.sits(WRITTEN).takes(ESSAY))
    assert (row.standing, row.scaled) == ("to-mark", None)
    assert AttemptAnswer.objects.get(item=LONG["id"]).points is None
    assert marks() == []
    by_hand(row, 4, comment="Well seen.")
    row.refresh_from_db()
    assert (row.standing, row.scaled, row.passed) == ("marked", 1, True)
    assert row.comments == [{"item": LONG["id"], "points": 4, "out_of": 4, "comment": "Well seen."}]
    answer = AttemptAnswer.objects.get(item=LONG["id"])
    assert (answer.points, answer.out_of) == (4, 4)
    assert len(marks("passed")) == 1


def test_two_who_differ_wait_for_a_moderator(world: World) -> None:
    world.publish(WRITTEN)
    know([*ITEMS, LONG])
    row = world.reads(*world.sits(WRITTEN).takes(ESSAY))
    for points, role, standing in [
        (4, "first", "marked"),
        (0, "second", "to-mark"),
        (2, "moderator", "marked"),
    ]:
        by_hand(row, points, role)
        row.refresh_from_db()
        assert row.standing == standing
    assert row.scaled == Decimal("0.9167")
    progress.catch_up()
    assert Progress.objects.get().score == Decimal("0.9167")


def test_what_an_author_does_later_changes_nothing_of_a_past_attempt(graded: World) -> None:
    row = graded.reads(*graded.sits(GRADED).takes(RIGHT))
    before = table()
    renamed = GRADED | {"heading": "Another", "pass_mark": 100, "items": GRADED["items"][::-1][:2]}
    renamed["sections"] = [GRADED["sections"][0] | {"items": [ITEMS[4]["id"]], "pick": 1}]
    graded.publish(renamed, version=2)
    graded.publish(version=3)
    edited = [
        each | {"version": 2, "key": {"right": wrong(each), "feedback": {}}} for each in ITEMS
    ]
    know(edited)
    reader.rebuild()
    assert table() == before
    Attempt.objects.all().delete()
    AttemptAnswer.objects.all().delete()
    reader.rebuild()
    assert table() == before
    assert row.standing == "marked" and len(marks()) == 1


def test_a_key_that_was_lost_is_no_loss_of_the_mark(graded: World) -> None:
    """What the log says stands."""
    graded.reads(*graded.sits(GRADED).takes(RIGHT))
    forget_items()
    reader.rebuild()
    row = Attempt.objects.get()
    assert (row.standing, row.scaled, row.passed) == ("marked", 1, True)
    assert AttemptAnswer.objects.filter(points=1).count() == 5
