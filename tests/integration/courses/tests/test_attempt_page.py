"""An attempt as the officer saw it."""

from html import unescape
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Attempt
from courses.models import ReplacedEdition
from modules.models import Edition, EditionFile
from tests.integration.courses import world
from tests.integration.courses.tests.conftest import Course
from tests.support import taken as made


def every_kind(course: Course, purpose: str = "graded") -> Attempt:
    found = made.every_kind()
    items = [item for item, _response in found]
    made.keep(*items)
    made.publish(course.module, made.part("All", purpose, items), version=2)
    answers = [(item, response, None if item["kind"] == "long" else 0) for item, response in found]
    first = items[0]
    orders = {first["id"]: [choice["id"] for choice in reversed(first["choices"])]}
    return made.attempt(
        course.officers[0], course.module, "All", purpose, answers, version=2, orders=orders, confidence=2
    )  # fmt: skip


def shown(course: Course, attempt: Attempt, language: str = "en") -> str:
    response = world.web(course.trainer, language).get(course.url(f"attempts/{attempt.pk}/"))
    assert response.status_code == 200
    return response.content.decode()


def test_every_kind_of_item_is_shown_with_the_answer_and_the_key(course: Course) -> None:
    page = shown(course, every_kind(course))
    for words in (
        "May you search the car?", "Chosen, not right", "Right, not chosen", "Belongs in place 2",
        "Page 9", "Right is:", "Trafficking", "left blank", "117", "report", "1500 m ± 10", "PASSPORT",
        "The officer tapped beside every area", "Article 4", "Article 3 · 3", "Waits for marking",
        "Then I call.", "Fairly sure", "UNTOC, article 3", "Why: Which are signs?",
    ):  # fmt: skip
        assert words in page, words
    assert page.count('class="seen stack"') == 11


def test_choices_stand_in_the_order_that_was_recorded(course: Course) -> None:
    page = shown(course, every_kind(course))
    first = page[page.index("May you search") : page.index("Smuggling needs a border.")]
    assert first.index("Perhaps") < first.index(">No<") < first.index(">Yes<")


def test_a_past_attempt_stays_as_it_was_whatever_the_item_is_now(course: Course) -> None:
    attempt = course.took(course.officers[0], "Final", True, True, True, False)
    before = shown(course, attempt)
    newer = made.single("Renamed?", "Never", "Always") | {
        "id": course.items[0]["id"],
        "version": 2,
    }
    made.keep(newer)
    made.publish(course.module, made.part("Final, renamed", "graded", [newer]), version=2)
    after = shown(course, attempt)
    csrf = "csrfmiddlewaretoken"
    assert [line for line in after.splitlines() if csrf not in line] == [
        line for line in before.splitlines() if csrf not in line
    ]


def test_a_file_that_is_missing_is_said(course: Course) -> None:
    attempt = course.took(course.officers[0], "Final", True, True, True, False)
    for file in EditionFile.objects.all():
        default_storage.delete(file.path)
    page = shown(course, attempt)
    assert "The file of this edition is not on this server" in page
    assert "Question 1?" not in page
    assert "1 of 1 points" in page
    Edition.objects.all().delete()
    assert "The file of this edition is not on this server" in shown(course, attempt)


def test_an_old_test_file_is_shown_with_the_key_that_it_holds(course: Course) -> None:
    """From before there was a bank: questions with their right choices, version 0."""
    one = made.name("old/a"), made.name("old/b")
    question = {
        "id": made.name("old"), "kind": "single", "text": "An old question?", "explanation": "", "source": "",
        "choices": [
            {"id": one[0], "text": "Good", "correct": True, "feedback": "Well seen."},
            {"id": one[1], "text": "Bad", "correct": False, "feedback": "Look again."},
        ],
    }  # fmt: skip
    part = made.part("Old", "practice", []) | {"questions": [question]}
    del part["items"], part["format"]
    made.publish(course.module, part, version=2)
    answers = [({"id": question["id"], "version": 0}, [one[1]], 0)]
    attempt = made.attempt(course.officers[0], course.module, "Old", "practice", answers, version=2)
    page = shown(course, attempt)
    assert "An old question?" in page
    assert "Look again." in page
    assert "Right, not chosen" in page
    test = world.web(course.trainer).get(course.url(f"tests/{made.name('Old')}/"))
    assert [row[:4] for row in world.table(test, "choices")[1:]] == [
        ["Good", "Right", "0", "0"],
        ["Bad", "", "1", "0"],
    ]


def test_a_difference_from_what_the_tablet_counted_is_said(course: Course) -> None:
    attempt = course.took(course.officers[0], "Final", True, True, True, False, claimed="1.0")
    assert "the tablet counted 100%" in shown(course, attempt)


def test_words_of_an_officer_are_text_and_never_markup(course: Course) -> None:
    item = made.long_answer()
    made.keep(item)
    made.publish(course.module, made.part("Long", "graded", [item]), version=2)
    attempt = made.attempt(
        course.officers[0], course.module, "Long", "graded", [(item, ["<script>x</script>"], None)], version=2
    )  # fmt: skip
    page = shown(course, attempt)
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize("response", [[], ["x"], ["x[.]y"], ["1,2"], ["9999,1"], ["", "", "", ""]])
def test_an_answer_of_any_shape_is_shown_without_an_error(
    course: Course, response: list[str]
) -> None:
    items = [item for item, _response in made.every_kind()]
    made.keep(*items)
    made.publish(course.module, made.part("All", "graded", items), version=2)
    answers = [(item, response, 0) for item in items]
    shown(
        course,
        made.attempt(course.officers[0], course.module, "All", "graded", answers, version=2),
        "ur",
    )


def test_queries_do_not_grow_with_questions(course: Course) -> None:
    client = world.web(course.trainer)

    def count(attempt: Attempt) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(course.url(f"attempts/{attempt.pk}/")).status_code == 200
        return len(captured)

    few = count(course.took(course.officers[0], "Final", True, True, True, True))
    assert count(every_kind(course)) <= few
    assert few <= 20


def replaced(course: Course, *parts: dict[str, Any]) -> None:
    """The site's own edition, of the same number, whose place the centre's has taken."""
    centres = Edition.objects.get(version=1)
    before = centres.manifest
    made.publish(course.module, *parts)
    own = Edition.objects.get(version=1).manifest
    ReplacedEdition.objects.create(
        module=course.module, language="en", version=1, digest="1", manifest=own
    )
    Edition.objects.filter(version=1).update(manifest=before)


DOUBT = "Two editions have had this number on this server"


def test_an_attempt_on_an_edition_that_was_replaced_is_shown_as_it_was(course: Course) -> None:
    own = [made.single("The site's own question?")]
    made.keep(*own)
    replaced(course, made.part("Own test", "graded", own), made.part("Final", "graded", own))
    for test in ("Own test", "Final"):
        attempt = made.attempt(
            course.officers[0], course.module, test, "graded", [made.right(own[0])]
        )
        page = unescape(shown(course, attempt))
        assert "The site's own question?" in page
        assert "Chosen, right" in page
        assert DOUBT not in page


def test_an_attempt_on_the_centres_edition_is_shown_from_it_though_another_had_the_number(
    course: Course,
) -> None:
    replaced(course, made.part("Final", "graded", [made.single("The site's own question?")]))
    page = shown(course, course.took(course.officers[0], "Final", True, True, True, True))
    assert "Question 1?" in page
    assert DOUBT not in page


def test_where_either_could_be_the_one_that_is_said(course: Course) -> None:
    """The same questions in another part of the course, and an attempt whose beginning never came."""
    replaced(course, made.part("Final", "graded", course.items) | {"heading": "Other words"})
    attempt = course.took(course.officers[0], "Final", True, True, True, True)
    assert DOUBT in shown(course, attempt)
    replaced(course, made.part("Final", "graded", [made.single("The site's own question?")]))
    ReplacedEdition.objects.exclude(pk=ReplacedEdition.objects.latest("pk").pk).delete()
    assert DOUBT not in shown(course, attempt)
    Attempt.objects.update(begun=None)
    assert DOUBT in shown(course, attempt)
