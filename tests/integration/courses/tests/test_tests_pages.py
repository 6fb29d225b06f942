"""The tests of a cohort: counts, learning gain, item analysis."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import services
from courses.selectors.tests import cohort_tests
from tests.integration.courses import world
from tests.integration.courses.tests.conftest import FIRST, SECOND, Course
from tests.support import taken as made


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def test_the_page_counts_what_became_of_each_test(course: Course) -> None:
    first, second, third = course.officers
    course.took(first, "Final", True, True, True, True)
    course.took(second, "Final", True, False, False, False, flags=["over-time"])
    course.took(third, "Final", True, True, True, True, standing="open", handed_in=None)
    client = world.web(course.trainer)
    rows = {row[0]: row for row in world.table(client.get(course.url("tests/")), "tests")}
    # module, officers, begun, handed in, marked, passed, flagged
    assert rows["Final Graded test"][1:8] == ["Introduction", "3", "3", "2", "2", "1", "1"]
    assert rows["Before Pre-test"][2:8] == ["0", "0", "0", "0", "", "0"]


def test_every_number_opens_as_many_attempts_as_it_counts(course: Course) -> None:
    course.took(course.officers[0], "Final", True, True, True, True)
    course.took(course.officers[1], "Final", True, False, False, False, flags=["over-time"])
    client = world.web(course.coordinator)
    for path in (course.url("tests/"), "/training/tests/"):
        page = client.get(path).content.decode()
        links = re.findall(r'href="([^"]*/tests/[^"]*)"><data value="(\d+)">', page)
        assert len(links) == 6, page
        for link, count in links:
            shown = world.table(client.get(link.partition("#")[0]), "attempts")
            assert len(shown) - 1 == int(count), link


def test_what_was_learned_is_told_for_the_test_and_each_objective(course: Course) -> None:
    first, second, third = course.officers
    course.took(first, "Before", True, False, False, False)
    course.took(first, "After", True, True, True, False)
    course.took(second, "Before", False, False, True, False)
    course.took(second, "After", True, True, True, True)
    course.took(third, "Before", True, True, True, True)  # and no post-test
    (gain,) = cohort_tests(course.trainer, course.cohort.pk).gains
    whole, one, two = (row.gain for row in gain.rows)
    assert [row.label for row in gain.rows] == ["", FIRST, SECOND]
    assert (whole.n, whole.pre, whole.post) == (2, 0.25, 0.875)
    assert (one.pre, one.post) == (0.25, 1.0)
    assert (two.pre, two.post) == (0.25, 0.75)
    page = world.web(course.trainer).get(course.url("tests/")).content.decode()
    assert "2 officers took both tests: 25% before, 87% after" in page
    assert 'width="25.0"' in page
    assert "0.83" in page  # 0.625 of the 0.75 that could be gained


def test_a_repeat_changes_no_learning_gain(course: Course) -> None:
    officer = course.officers[0]
    course.took(officer, "Before", True, False, False, False)
    early = course.took(officer, "After", True, True, False, False)
    course.took(officer, "After", True, True, True, True)
    type(early).objects.filter(pk=early.pk).update(handed_in=early.handed_in.replace(year=2020))
    (gain,) = cohort_tests(course.trainer, course.cohort.pk).gains
    assert gain.rows[0].gain.post == 0.5
    assert "too few" in world.web(course.trainer).get(course.url("tests/")).content.decode()


def test_the_page_of_a_test_says_how_each_question_did(course: Course) -> None:
    more = world.officers(12, start=11)
    world.cohort(course.trainer, "Large", more, course.module)
    for number, officer in enumerate(more):
        strong = number < 6
        # Question 1 is got right by the weak, question 2 by nobody.
        course.took(officer, "Final", not strong, False, strong, strong)
    test = made.name("Final")
    client = world.web(course.coordinator)
    page = client.get(f"/training/tests/{test}/")
    rows = world.table(page, "items")
    assert [row[1] for row in rows[1:]] == ["12"] * 4
    assert [row[2] for row in rows[1:]] == ["0.50", "0.00", "0.50", "0.50"]
    text = page.content.decode()
    assert "Weak officers get it right more often than strong ones" in text
    assert "Hard: fewer than three in ten" in text
    assert "Nobody chose this wrong answer: “Perhaps”" in text
    assert "Question 2?" in text


def test_of_very_many_attempts_the_newest_count_and_that_is_said(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.results.sittings.MOST", 2)
    path = course.url(f"tests/{made.name('Final')}/")
    client = world.web(course.trainer)
    for age, officer in enumerate(course.officers[:2]):
        course.took(officer, "Final", age == 0, True, True, True, begun=days_ago(age))
    assert "There are more" not in client.get(path).content.decode()
    course.took(course.officers[2], "Final", False, True, True, True, begun=days_ago(9))
    page = client.get(path)
    assert world.table(page, "items")[1][1:3] == ["2", "0.50"]
    assert "There are more: these handed in last" in page.content.decode()
    assert len(world.table(page, "attempts")) == 1 + 3


def test_the_gain_is_of_those_who_handed_in_last(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.selectors.gains.MOST", 2)
    for age, officer in enumerate(course.officers):
        course.took(officer, "Before", False, False, False, False, begun=days_ago(age + 20))
        course.took(officer, "After", True, True, age == 2, age == 2, begun=days_ago(age))
    (gain,) = cohort_tests(course.trainer, course.cohort.pk).gains
    assert (gain.rows[0].gain.n, gain.rows[0].gain.post) == (2, 0.5)


def test_a_long_list_of_attempts_comes_in_pages(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.views.tests.PER_PAGE", 2)
    for officer in course.officers:
        course.took(officer, "Final", True, True, True, True)
    path = course.url(f"tests/{made.name('Final')}/")
    client = world.web(course.trainer)
    page = client.get(path)
    assert len(world.table(page, "attempts")) == 1 + 2
    (link,) = re.findall(r'href="(\?[^"]*page=2)#attempts"', page.content.decode())
    assert len(world.table(client.get(path + unescape(link)), "attempts")) == 1 + 1


def test_a_pre_test_is_not_narrowed_to_those_who_passed(course: Course) -> None:
    client = world.web(course.trainer)
    for test, offered in (("Final", True), ("Before", False)):
        page = client.get(course.url(f"tests/{made.name(test)}/")).content.decode()
        assert ("show=passed" in page) == offered


def test_a_flag_is_said_in_words_and_lateness_is_none(course: Course) -> None:
    late = course.took(course.officers[0], "Final", True, True, True, True)
    type(late).objects.filter(pk=late.pk).update(arrived=late.handed_in.replace(year=2027))
    course.took(
        course.officers[1], "Final", True, True, True, True, flags=["over-time", "new-code"]
    )
    page = world.web(course.trainer).get(course.url(f"tests/{made.name('Final')}/"))
    rows = world.table(page, "attempts")
    assert rows[1][-1] == "Nothing"
    assert "An answer was given after the time was over." in rows[2][-1]
    assert "To look at: new-code" in rows[2][-1]


def test_before_anything_happened_the_pages_say_what_will_be_here(course: Course) -> None:
    client = world.web(course.trainer)
    assert (
        b"as soon as an officer has a marked pre-test" in client.get(course.url("tests/")).content
    )
    page = client.get(course.url(f"tests/{made.name('Final')}/")).content
    assert b"after the first marked attempt" in page
    assert b"as soon as its first answer arrives" in page
    empty = world.cohort(course.trainer, "Empty", [])
    page = client.get(f"/training/cohorts/{empty.pk}/tests/").content
    assert b"First assign a module to the cohort" in page


def test_a_test_that_was_deleted_keeps_its_attempts(course: Course) -> None:
    course.took(course.officers[0], "Final", True, True, True, True)
    made.publish(course.module, made.part("Before", "pre", course.items), version=2)
    page = world.web(course.trainer).get(course.url("tests/"))
    names = [row[0] for row in world.table(page, "tests")]
    assert "Final Graded test" in names  # an older edition still has its name


def test_all_cohorts_are_narrowed_by_module_and_cohort(course: Course) -> None:
    (officer,) = world.officers(1, start=50)
    other = world.cohort(course.other_trainer, "Night", [officer], course.module)
    client = world.web(course.coordinator)
    every = world.table(client.get("/training/tests/"), "tests")
    assert len(every) == 1 + 2 * 3
    one = world.table(client.get(f"/training/tests/?cohort={other.pk}"), "tests")
    assert {row[1] for row in one[1:]} == {"Night"}
    nothing = client.get(f"/training/tests/?module={made.name('none')}").content
    assert b"No test fits what you chose" in nothing


def test_a_trainer_sees_the_own_cohorts_only_among_all_tests(course: Course) -> None:
    world.cohort(course.other_trainer, "Night", world.officers(1, start=50), course.module)
    page = world.web(course.trainer).get("/training/tests/").content
    assert b"Border course A" in page
    assert b"Night" not in page


def test_an_unknown_filter_and_an_unknown_test_are_not_found(course: Course) -> None:
    client = world.web(course.trainer)
    final = course.url(f"tests/{made.name('Final')}/")
    assert client.get(f"{final}?show=everything").status_code == 404
    assert client.get(course.url(f"tests/{made.name('None')}/")).status_code == 404
    assert client.get(f"/training/tests/{made.name('None')}/").status_code == 404


@pytest.mark.parametrize("language", ["ur", "km"])
def test_the_pages_speak_other_languages(course: Course, language: str) -> None:
    course.took(course.officers[0], "Before", True, False, True, True)
    course.took(course.officers[0], "After", True, True, True, True)
    client = world.web(course.trainer, language)
    for path in (
        course.url("tests/"),
        course.url(f"tests/{made.name('After')}/"),
        "/training/tests/",
    ):
        assert client.get(path).status_code == 200


def test_queries_do_not_grow_with_officers(course: Course) -> None:
    final = made.name("Final")
    paths = [
        course.url("tests/"),
        course.url(f"tests/{final}/"),
        "/training/tests/",
        f"/training/tests/{final}/",
    ]
    client = world.web(course.coordinator)

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found.append(len(captured))
        return found

    for test in ("Before", "After", "Final"):
        course.took(course.officers[0], test, True, False, True, False)
    counts()
    small = counts()
    more = world.officers(30, start=100)
    names = "\n".join(each.username for each in more)
    services.add_officers(by=course.trainer, cohort_id=course.cohort.pk, names=names)
    for officer in more:
        for test in ("Before", "After", "Final"):
            course.took(officer, test, True, False, True, True)
    assert counts() == small
    assert max(small) <= 24, small
