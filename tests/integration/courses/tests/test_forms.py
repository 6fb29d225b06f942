"""Form A or B of a pre-test and a post-test, and the assignment that it was chosen by."""

import uuid
from datetime import date

import pytest

from courses.models import Assignment
from courses.selectors.tests import cohort_tests
from elearning.users.models import User
from tests.integration.courses import world
from tests.integration.courses.tests.conftest import Course
from tests.support import taken as made


def sat(course: Course, officer: User, before: str, after: str) -> None:
    course.took(officer, "Before", True, False, False, False, form=before)
    course.took(officer, "After", True, True, True, True, form=after)


def forms(course: Course, test: str) -> list[str]:
    page = world.web(course.trainer).get(course.url(f"tests/{made.name(test)}/"))
    rows = world.table(page, "attempts")
    place = rows[0].index("Form")
    return [row[place] for row in rows[1:]]


def test_each_row_has_its_form_and_says_where_it_was_the_same_twice(course: Course) -> None:
    first, second, third = course.officers
    sat(course, first, "A", "B")
    sat(course, second, "B", "B")
    course.took(third, "Before", True, False, False, False, form="A")
    assert forms(course, "Before") == [
        "A No assignment",
        "B, both times No assignment",
        "A No assignment",
    ]
    assert forms(course, "After") == ["B No assignment", "B, both times No assignment"]


def test_the_gain_says_of_how_many_it_may_be_remembering(course: Course) -> None:
    first, second, third = course.officers
    sat(course, first, "A", "B")
    sat(course, second, "B", "B")
    sat(course, third, "A", "A")
    (gain,) = cohort_tests(course.trainer, course.cohort.pk).gains
    assert [(row.gain.n, row.same_form) for row in gain.rows] == [(3, 2)] * 3
    page = world.web(course.trainer).get(course.url("tests/"))
    assert "2 of them had the same form both times" in page.content.decode()
    rows = world.table(page, "gain")
    assert [row[rows[0].index("Same form")] for row in rows[1:]] == ["2"] * 3


def test_where_nobody_had_the_same_form_there_is_no_warning(course: Course) -> None:
    sat(course, course.officers[0], "A", "B")
    page = world.web(course.trainer).get(course.url("tests/")).content.decode()
    assert "the same form both times" not in page


def test_a_form_that_is_not_known_is_not_the_same(course: Course) -> None:
    sat(course, course.officers[0], "", "")
    (gain,) = cohort_tests(course.trainer, course.cohort.pk).gains
    assert gain.rows[0].same_form == 0


def test_a_repeat_with_another_form_changes_nothing(course: Course) -> None:
    """The gain is made of the first attempts, and so is what is said of their forms."""
    sat(course, course.officers[0], "A", "A")
    course.took(course.officers[0], "After", True, True, True, True, form="B")
    late = type(course.took(course.officers[0], "After", True, True, True, True, form="B"))
    late.objects.filter(form="B").update(handed_in="2100-01-01T00:00:00Z")
    assert forms(course, "After").count("A, both times No assignment") == 1
    assert forms(course, "After").count("B No assignment") == 2


def test_the_assignment_is_said_and_another_trainers_cohort_has_no_name(course: Course) -> None:
    own = course.cohort.assignments.get()
    other = world.cohort(course.other_trainer, "Secret course", course.officers, course.module)
    theirs = other.assignments.get()
    for officer, assignment in zip(course.officers, (own.pk, theirs.pk, uuid.uuid4()), strict=True):
        course.took(officer, "Before", True, False, False, False, form="A", assignment=assignment)
    assert forms(course, "Before") == [
        "A Border course A",
        "A An assignment of another cohort",
        "A An assignment that was withdrawn",
    ]
    Assignment.objects.filter(pk=own.pk).update(due=date(2030, 5, 1))
    assert forms(course, "Before")[0] == "A Border course A, due May 1, 2030"
    page = world.web(course.coordinator).get(f"/training/tests/{made.name('Before')}/")
    assert "Secret course" in page.content.decode()


@pytest.mark.parametrize("test", ["Before", "Final"])
def test_a_test_without_forms_has_no_such_column(course: Course, test: str) -> None:
    course.took(course.officers[0], test, True, False, False, False)
    page = world.web(course.trainer).get(course.url(f"tests/{made.name(test)}/"))
    assert ("Form" in world.table(page, "attempts")[0]) == (test == "Before")


def test_the_page_of_the_attempt_says_it_too(course: Course) -> None:
    sat(course, course.officers[0], "B", "B")
    (attempt,) = course.took(course.officers[1], "Before", True, True, True, True).__class__.objects.filter(
        form="B", purpose="post"
    )  # fmt: skip
    page = world.web(course.trainer).get(course.url(f"attempts/{attempt.pk}/")).content.decode()
    assert "B, both times" in page
    assert "No assignment" in page
