"""GET /learn/api/assignments, as docs/formats.md has it."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import services
from courses.models import Assignment
from elearning.users.models import User
from modules.models import Edition
from tests.integration.courses import world
from tests.integration.courses.conftest import School


def ask(officer: User, language: str = "en", query: str = "?format=2") -> dict[str, Any]:
    token = world.grant(officer)[1]
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
    answer = Client().get(f"/learn/api/assignments{query}", headers=headers)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return answer.json()


def test_an_officer_is_told_what_is_assigned_and_what_can_be_downloaded(school: School) -> None:
    world.module("Other", languages="en my")
    officer = school.officers[0]
    said = ask(officer)
    assert set(said) == {"now", "learner", "assignments", "progress", "results"}
    assert said["learner"]["id"] == str(officer.pk)
    (assignment,) = said["assignments"]
    assert assignment | {"editions": None} == {
        "id": str(school.cohort.assignments.get().pk),
        "module": str(school.module),
        "cohort": "Border course A",
        "heading": "Introduction",
        "due": None,
        "editions": None,
    }
    (entry,) = assignment["editions"]
    assert entry["module"] == str(school.module)
    assert set(entry) == {
        "module", "language", "version", "format", "heading", "summary", "minutes", "lessons", "files",
        "size", "manifest",
    }  # fmt: skip


def test_an_app_that_names_no_format_is_offered_the_first_only(school: School) -> None:
    Edition.objects.filter(module=school.module).update(format=2)
    officer = school.officers[0]
    (assignment,) = ask(officer, query="")["assignments"]
    assert assignment["editions"] == []
    (assignment,) = ask(officer)["assignments"]
    assert [entry["format"] for entry in assignment["editions"]] == [2]


def test_every_offered_language_is_listed(school: School) -> None:
    module = world.module("Investigation", languages="en my ur")
    services.assign_module(by=school.trainer, cohort_id=school.cohort.pk, module=module, due=None)
    second = ask(school.officers[0])["assignments"][1]
    assert [entry["language"] for entry in second["editions"]] == ["en", "my", "ur"]


def test_progress_holds_also_what_nobody_assigned(school: School) -> None:
    officer = school.officers[0]
    free = world.module("Free")
    world.learns(officer, school.module, "passed", scaled=0.875)
    world.learns(officer, free, "completed")
    world.learns(school.officers[1], free, "passed")
    found = {row["module"]: row for row in ask(officer)["progress"]}
    assert set(found) == {str(school.module), str(free)}
    assert set(found[str(free)]) == {"module", "state", "score", "lessons", "last_seen"}
    assert (found[str(school.module)]["state"], found[str(school.module)]["score"]) == (
        "passed", 0.875,
    )  # fmt: skip
    assert len(found[str(free)]["lessons"]) == 1


def test_a_module_of_two_cohorts_is_listed_once_with_the_earliest_due_date(
    school: School,
) -> None:
    officer = school.officers[0]
    today = timezone.localdate()
    for days, name in ((9, "B"), (4, "C"), (7, "D")):
        cohort = world.cohort(school.other_trainer, name, [officer], school.module)
        world.overdue(cohort, today + timedelta(days=days))
    (assignment,) = ask(officer)["assignments"]
    assert assignment["due"] == (today + timedelta(days=4)).isoformat()
    assert assignment["cohort"] == "C"


def test_the_soonest_due_comes_first_and_no_due_date_last(school: School) -> None:
    today = timezone.localdate()
    second, third = world.module("Second"), world.module("Third")
    for module, days in ((second, 9), (third, 2)):
        due = today + timedelta(days=days)
        services.assign_module(
            by=school.trainer, cohort_id=school.cohort.pk, module=module, due=due
        )
    said = ask(school.officers[0])["assignments"]
    assert [each["heading"] for each in said] == ["Third", "Second", "Introduction"]


def test_who_left_a_cohort_has_no_assignment_of_it(school: School) -> None:
    officer = school.officers[0]
    services.remove_officer(by=school.trainer, cohort_id=school.cohort.pk, officer_id=officer.pk)
    assert ask(officer)["assignments"] == []
    assert len(ask(school.officers[1])["assignments"]) == 1


def test_who_is_in_no_cohort_gets_an_empty_list(school: School) -> None:
    (alone,) = world.officers(1, start=9)
    said = ask(alone)
    assert (said["assignments"], said["progress"]) == ([], [])


def test_a_withdrawn_module_leaves_the_list(school: School) -> None:
    services.withdraw_assignment(
        by=school.trainer,
        cohort_id=school.cohort.pk,
        assignment_id=Assignment.objects.get().pk,
    )
    assert ask(school.officers[0])["assignments"] == []


def test_the_session_token_is_asked_for_and_the_write_token_reads_nothing(school: School) -> None:
    write, _session = world.grant(school.officers[0])
    for headers in ({}, {"Authorization": f"Bearer {write}"}):
        answer = Client().get("/learn/api/assignments", headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"] == "unknown-token"
    assert Client().post("/learn/api/assignments").status_code == 405


def test_queries_do_not_grow_with_assignments(school: School) -> None:
    officer = school.officers[0]
    ask(officer)
    with CaptureQueriesContext(connection) as few:
        ask(officer)
    for number in range(5):
        module = world.module(f"Module {number}")
        world.cohort(school.other_trainer, f"C{number}", [officer], module, school.module)
    with CaptureQueriesContext(connection) as many:
        ask(officer)
    assert len(many) == len(few) <= 12
