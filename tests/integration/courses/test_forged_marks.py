"""An officer's own token may write any statement about its officer; none of them passes a module."""

import copy
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assessments.models import Statement
from courses.filters import Filters
from courses.selectors.overview import overview
from elearning.users.models import User
from tests.integration.assessments.attempts.conftest import know, publish
from tests.integration.courses import world
from tests.integration.courses.conftest import School
from tests.support.attempts import Sitter, part, right, single
from tests.support.statements import ADL, EXTENSIONS, by_server, urn

ITEMS = [single(f"forged {number}") for number in range(3)]
GRADED = part("forged graded", "graded", ITEMS)
PRACTICE = part("forged practice", "practice", ITEMS)
Made = dict[str, Any]
Forgery = Callable[[Made], object]


@pytest.fixture
def officer(school: School) -> User:
    """Of whom nothing is known; the second edition of the module has a graded test."""
    publish(school.module, [GRADED], version=2)
    publish(uuid.UUID(int=5), [PRACTICE])
    know(ITEMS)
    return school.officers[0]


def sits(school: School, officer: User) -> Sitter:
    return Sitter(officer.pk, GRADED, school.module, uuid.uuid4(), version=2)


def sends(officer: User, *statements: Made) -> None:
    headers = {
        "Authorization": f"Bearer {world.grant(officer)[0]}",
        "X-Experience-API-Version": "1.0.3",
    }
    answer = Client().post(
        "/xapi/statements", json.dumps(statements), content_type="application/json", headers=headers
    )
    assert answer.status_code == 200, answer.content


def is_passed(school: School, officer: User, *, asks: str) -> bool:
    """What is asked comes first, so that it can't be right by what another page has read."""
    looks: dict[str, Callable[[], bool]] = {
        "the tablet": lambda: "passed" in tablet_states(officer),
        "the overview": lambda: overview(school.coordinator, Filters()).total.passed > 0,
        "the list": lambda: "Passed" in {row[4] for row in listed(school)},
        "the cohort": lambda: "Passed" in page(school, f"/training/cohorts/{school.cohort.pk}/"),
        "the export": lambda: "Passed" in page(school, "/training/export/officers.csv"),
    }
    first = looks.pop(asks)()
    assert {look() for look in looks.values()} == {first}
    return first


def tablet_states(officer: User) -> set[str]:
    headers = {"Authorization": f"Bearer {world.grant(officer)[1]}"}
    said = Client().get("/learn/api/assignments", headers=headers).json()
    return {row["state"] for row in said["progress"]} | {
        "passed" for row in said["results"] if row["passed"]
    }


def page(school: School, path: str) -> str:
    return str(world.web(school.coordinator).get(path).content.decode())


def listed(school: School) -> list[list[str]]:
    return world.table(world.web(school.coordinator).get("/training/officers/"), "officers")[1:]


EVERYWHERE = pytest.mark.parametrize(
    "asks", ["the tablet", "the overview", "the list", "the cohort", "the export"]
)


@EVERYWHERE
def test_who_has_passed_has_passed_wherever_it_is_asked_first(
    school: School, officer: User, asks: str
) -> None:
    sends(officer, *sits(school, officer).takes({each["id"]: right(each) for each in ITEMS}))
    assert is_passed(school, officer, asks=asks)


def extension(made: Made, name: str, value: object) -> None:
    made["context"]["extensions"][f"{EXTENSIONS}:{name}"] = value


def kind(made: Made, name: str) -> None:
    made["object"]["definition"]["type"] = f"{ADL}/activities/{name}"


FORGERIES: dict[str, Forgery] = {
    "as it should be": lambda made: None,
    "without a registration": lambda made: made["context"].pop("registration"),
    "of a lesson": lambda made: kind(made, "lesson"),
    "of a module": lambda made: kind(made, "module"),
    "of an item": lambda made: kind(made, "cmi.interaction"),
    "of nothing in particular": lambda made: made["object"].pop("definition"),
    "of an agent": lambda made: (made.update(object=made["actor"]), made["context"].pop("platform")),
    "of an unknown edition": lambda made: extension(made, "edition", {"language": "en", "version": 99}),
    "of another language": lambda made: extension(made, "edition", {"language": "my", "version": 2}),
    "of an edition without a test": lambda made: extension(made, "edition", {"language": "en", "version": 1}),
    "of no edition": lambda made: made["context"].pop("extensions"),
    "of an unknown test": lambda made: made["object"].update(id=urn(uuid.uuid4())),
    "of a test of another module": lambda made: made["object"].update(id=urn(PRACTICE["id"])),
    "vouched for by a server": lambda made: made.update(by_server(made)),
    "in a server's words": lambda made: extension(made, "marked", {"by": "server", "answers": []}),
    "with the module alone": lambda made: made.update(context={
        "contextActivities": {"grouping": {"id": made["context"]["contextActivities"]["grouping"][0]["id"]}},
    }),
}  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_no_forged_statement_passes_a_module(school: School, officer: User, forge: Forgery) -> None:
    made = forged(sits(school, officer), forge)
    sends(officer, made)
    assert Statement.objects.get().verb == "passed"
    assert not is_passed(school, officer, asks="the overview")


def test_nor_do_all_of_them_beside_an_attempt_that_failed(school: School, officer: User) -> None:
    sitter = sits(school, officer)
    made = [forged(copy.copy(sitter), forge) for forge in FORGERIES.values()]
    sends(officer, *sitter.takes({}), *made)
    assert not is_passed(school, officer, asks="the overview")
    assert tablet_states(officer) == {"failed"}


def forged(sitter: Sitter, forge: Forgery) -> Made:
    made = sitter.hands_in("passed", 1)
    made["result"]["success"] = True
    forge(made)
    return made
