"""A trainer who learns in a cohort, also in one that they train themselves."""

import pytest

from courses import services
from courses.models import Cohort
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.tests.conftest import Course
from tests.support import taken as made


@pytest.fixture
def learner(course: Course) -> User:
    found = world.person("both", Role.TRAINER, Role.OFFICER, first_name="Cara", last_name="Both")
    cohort = course.cohort
    cohort.trainers.add(found)
    services.add_officers(by=course.trainer, cohort_id=cohort.pk, names=found.username)
    return found


@pytest.mark.parametrize("test", ["Final", "Before", "After"])
def test_nobody_opens_the_own_attempt_with_its_keys(
    course: Course, learner: User, test: str
) -> None:
    own = course.took(learner, test, True, False, True, True)
    other = course.took(course.officers[0], test, True, False, True, True)
    client = world.web(learner)
    assert client.get(course.url(f"attempts/{own.pk}/")).status_code == 403
    assert client.get(course.url(f"attempts/{other.pk}/")).status_code == 200
    assert world.web(course.trainer).get(course.url(f"attempts/{own.pk}/")).status_code == 200


def test_it_is_in_the_list_without_a_link(course: Course, learner: User) -> None:
    own = course.took(learner, "Final", True, False, True, True)
    page = world.web(learner).get(course.url(f"tests/{made.name('Final')}/"))
    assert "Cara Both" in world.table(page, "attempts")[1][0]
    assert str(own.pk) not in page.content.decode()


def test_a_coordinator_or_an_administrator_who_learns_does_not_either(course: Course) -> None:
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        person = world.person(f"learning-{role}", role, Role.OFFICER)
        services.add_officers(by=course.trainer, cohort_id=course.cohort.pk, names=person.username)
        own = course.took(person, "Final", True, False, True, True)
        assert world.web(person).get(course.url(f"attempts/{own.pk}/")).status_code == 403


def test_practice_may_be_opened_its_keys_are_on_the_tablet(course: Course, learner: User) -> None:
    answers = [made.right(item) for item in course.items]
    made.publish(course.module, made.part("Try", "practice", course.items), version=2)
    own = made.attempt(learner, course.module, "Try", "practice", answers, version=2)
    assert Cohort.objects.get(pk=course.cohort.pk).trainers.filter(pk=learner.pk).exists()
    assert world.web(learner).get(course.url(f"attempts/{own.pk}/")).status_code == 200
