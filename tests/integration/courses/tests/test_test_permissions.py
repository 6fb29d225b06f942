"""Who may open the pages of tests and attempts."""

import pytest

from courses import services
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.tests.conftest import Course
from tests.support import taken as made

COHORT = ["tests/", "tests/{test}/", "attempts/{attempt}/"]
ALL = ["/training/tests/", "/training/tests/{test}/"]


def paths(course: Course) -> dict[str, str]:
    attempt = course.took(course.officers[0], "Final", True, True, True, True)
    names = {"test": made.name("Final"), "attempt": attempt.pk}
    found = {path: course.url(path.format(**names)) for path in COHORT}
    return found | {path: path.format(**names) for path in ALL}


@pytest.mark.parametrize("path", [*COHORT, *ALL])
def test_only_those_who_follow_the_cohort_open_the_page(course: Course, path: str) -> None:
    url = paths(course)[path]
    statuses = {
        None: 302,
        course.trainer: 200,
        course.second_trainer: 200,
        course.coordinator: 200,
        world.person("admin", Role.ADMINISTRATOR): 200,
        world.person("author", Role.AUTHOR): 403,
        course.officers[0]: 403,
        course.other_trainer: 200 if url == "/training/tests/" else 404,
    }
    found = {who: world.web(who).get(url).status_code for who in statuses}
    assert found == statuses


def test_an_attempt_is_no_page_of_another_cohort(course: Course) -> None:
    attempt = course.took(course.officers[0], "Final", True, True, True, True)
    other = world.cohort(course.trainer, "B", world.officers(1, start=9), course.module)
    path = f"/training/cohorts/{other.pk}/attempts/{attempt.pk}/"
    assert world.web(course.trainer).get(path).status_code == 404


def test_a_module_that_the_cohort_does_not_have_stays_the_other_cohorts_business(
    course: Course,
) -> None:
    """The officer is in both cohorts; only one of them has the module."""
    attempt = course.took(course.officers[0], "Final", True, True, True, True)
    other = world.cohort(course.other_trainer, "B", course.officers[:1], world.module("Second"))
    path = f"/training/cohorts/{other.pk}/attempts/{attempt.pk}/"
    assert world.web(course.other_trainer).get(path).status_code == 404


def test_who_left_the_cohort_is_in_no_page_of_it(course: Course) -> None:
    attempt = course.took(course.officers[0], "Final", True, True, True, True)
    services.remove_officer(
        by=course.trainer, cohort_id=course.cohort.pk, officer_id=course.officers[0].pk
    )
    client = world.web(course.trainer)
    assert client.get(course.url(f"attempts/{attempt.pk}/")).status_code == 404
    assert world.table(client.get(course.url("tests/")), "tests")[3][3] == "0"
