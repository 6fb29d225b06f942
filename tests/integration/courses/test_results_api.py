"""What GET /learn/api/assignments says of the officer's own attempts."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.attempts import reader
from assessments.models import Mark
from elearning.users.models import User
from tests.integration.assessments.attempts.conftest import World, know
from tests.integration.assessments.conftest import Tablet, make_tablet
from tests.integration.courses import world as school
from tests.support.attempts import long, named, part, right, single

OBJECTIVE = named("an objective")
ITEMS = [single(f"result {number}", objective=OBJECTIVE) for number in range(4)]
LONG = long("result essay")
RIGHT = {each["id"]: right(each) for each in ITEMS}
TESTS = {
    name: part(f"result {name}", name, ITEMS) for name in ("graded", "pre", "post", "practice")
}


def results(officer: User) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {school.grant(officer)[1]}"}
    found: list[dict[str, Any]] = (
        Client().get("/learn/api/assignments", headers=headers).json()["results"]
    )
    return found


@pytest.fixture
def tablet(db: None) -> Tablet:
    return make_tablet("officer1")


@pytest.fixture
def world(tablet: Tablet) -> World:
    made = World(tablet, tablet.module)
    made.publish(*TESTS.values(), part("result written", "practice", [LONG]))
    know(ITEMS)
    return made


def test_the_result_of_a_graded_test_is_there_at_the_next_contact(world: World) -> None:
    sitter = world.sits(TESTS["graded"])
    world.sends(*sitter.takes(RIGHT))
    (found,) = results(world.tablet.officer)
    assert found.pop("handed_in").startswith("20")
    assert found == {
        "attempt": sitter.attempt,
        "test": TESTS["graded"]["id"],
        "module": str(world.module),
        "purpose": "graded",
        "state": "marked",
        "scaled": 1.0,
        "passed": True,
        "objectives": [{"objective": OBJECTIVE, "share": 1.0, "mastered": True}],
        "comments": [],
    }


@pytest.mark.parametrize("purpose", ["pre", "post"])
def test_the_score_before_and_after_is_told_and_is_no_pass(world: World, purpose: str) -> None:
    world.sends(*world.sits(TESTS[purpose]).takes({}))
    (found,) = results(world.tablet.officer)
    assert (found["state"], found["scaled"], found["passed"]) == ("marked", 0.0, None)


def test_what_cannot_be_marked_here_is_handed_in(world: World) -> None:
    world.sends(*world.sits(TESTS["graded"], version=9).takes(RIGHT))
    (found,) = results(world.tablet.officer)
    assert (found["state"], found["scaled"], found["passed"]) == ("handed-in", None, None)


def test_practice_that_the_tablet_marks_itself_is_not_told(world: World) -> None:
    world.sends(*world.sits(TESTS["practice"]).takes(RIGHT, "passed", 1))
    assert results(world.tablet.officer) == []


def test_a_long_answer_waits_and_then_has_its_comment(world: World) -> None:
    test = part("result written", "practice", [LONG])
    sitter = world.sits(test)
    world.sends(*sitter.takes({LONG["id"]: ["Mine"]}, "completed"))
    (found,) = results(world.tablet.officer)
    assert (found["state"], found["objectives"], found["comments"]) == ("to-mark", [], [])
    Mark.objects.create(
        attempt=sitter.attempt, item=LONG["id"], role="first", by=uuid.uuid4(), levels={}, points=2, out_of=4,
        comment="More of the law.",
    )  # fmt: skip
    reader.remake_some([uuid.UUID(sitter.attempt)])
    (found,) = results(world.tablet.officer)
    assert (found["state"], found["scaled"]) == ("marked", 0.5)
    assert found["comments"] == [{"item": LONG["id"], "points": 2, "out_of": 4, "comment": "More of the law."}]  # fmt: skip


def test_an_attempt_that_goes_on_and_others_attempts_are_not_told(world: World) -> None:
    other = make_tablet("officer2")
    world.sends(world.sits(TESTS["graded"]).begins())
    world.sends(*world.sits(TESTS["graded"]).takes(RIGHT))
    assert results(other.officer) == []
    assert len(results(world.tablet.officer)) == 1


def test_the_newest_comes_first_and_queries_do_not_grow(world: World) -> None:
    officer = world.tablet.officer
    with CaptureQueriesContext(connection) as none:
        results(officer)
    for _time in range(5):
        world.sends(*world.sits(TESTS["graded"]).takes(RIGHT))
    found = results(officer)
    assert [each["handed_in"] for each in found] == sorted((each["handed_in"] for each in found), reverse=True)  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(results(officer)) == 5
    assert len(many) <= len(none) + 1
