"""A test as an author makes it and as an edition holds it."""

import json
import uuid
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from assessments.models import AssessmentPage
from modules import loading
from modules.models import CataloguePage, Edition, ModulePage


def choice(text: str, correct: bool) -> dict[str, Any]:
    value = {"text": text, "correct": correct, "feedback": "Because."}
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def question(*choices: dict[str, Any]) -> dict[str, Any]:
    value = {
        "kind": "single",
        "text": "Why?",
        "choices": list(choices),
        "explanation": "So.",
        "source": "A/1",
    }
    return {"type": "question", "id": str(uuid.uuid4()), "value": value}


GOOD = question(choice("Yes", True), choice("No", False))


@pytest.fixture
def page(db: None) -> AssessmentPage:
    """A test of two questions, as an author makes one under a module."""
    module = ModulePage(title="Module", heading_en="Module", summary_en="All of it")
    loading.ensure_catalogue().add_child(instance=module)
    made = AssessmentPage(
        title="Final test",
        heading_en="Final test",
        summary_en="Two questions",
        questions=json.dumps([GOOD, question(choice("A", False), choice("B", True))]),
    )
    module.add_child(instance=made)
    return AssessmentPage.objects.get()


PRACTICE_TEST = "7e44512f-45d6-4290-9641-9c3317c30b2c"  # of the module introduction


class NoFiles:
    """A test has no uploads; asking for one fails."""


def document_of(page: AssessmentPage, language: str) -> dict[str, Any]:
    return page.part_document(language, NoFiles())  # type: ignore[arg-type]


def test_the_shipped_module_asks_its_own_questions_for_practice(
    db: None, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_modules", stdout=StringIO())
    page = AssessmentPage.objects.get(uuid=PRACTICE_TEST)
    assert page.live
    assert page.pass_mark == 80
    module = page.get_parent().specific.uuid
    manifest = json.loads(Edition.objects.get(language="en", module=module).manifest)
    part = next(part for part in manifest["parts"] if part["id"] == str(page.uuid))
    assert (part["kind"], part["purpose"], part["questions"]) == ("test", "practice", 12)


def test_the_document_is_as_the_formats_say(page: AssessmentPage) -> None:
    document = document_of(page, "en")
    assert set(document) == {
        "id",
        "kind",
        "heading",
        "summary",
        "language",
        "pass_mark",
        "questions",
    }
    assert (document["id"], document["kind"]) == (str(page.uuid), "test")
    item = document["questions"][0]
    assert set(item) == {"id", "kind", "text", "choices", "explanation", "source"}
    assert item["id"] == GOOD["id"]
    assert [each["correct"] for each in item["choices"]] == [True, False]
    assert all(each["feedback"] for each in item["choices"])


def test_the_summary_names_the_number_of_questions_and_the_mark(page: AssessmentPage) -> None:
    assert page.part_summary("en") == {
        "heading": "Final test",
        "summary": "Two questions",
        "minutes": 20,
        "purpose": "practice",
        "questions": 2,
        "pass_mark": 80,
        "attempts": 0,
        "limit": 0,
        "second_marker": False,
    }


def test_a_heading_is_given_in_the_language_of_the_edition(page: AssessmentPage) -> None:
    page.heading_ur = "آخری امتحان"
    assert document_of(page, "ur")["heading"] == "آخری امتحان"
    assert document_of(page, "km")["heading"] == "Final test"


@pytest.mark.parametrize(
    "questions",
    [[question(choice("Yes", False), choice("No", False))], [question(choice("Yes", True))]],
    ids=["no right choice", "one choice"],
)
def test_an_author_is_told_what_is_wrong_with_the_questions(
    page: AssessmentPage, questions: list[dict[str, Any]]
) -> None:
    page.questions = json.dumps(questions)
    with pytest.raises(ValidationError):
        page.questions.stream_block.clean(page.questions)


def test_a_pass_mark_above_a_hundred_is_refused(page: AssessmentPage) -> None:
    page.pass_mark = 101
    with pytest.raises(ValidationError, match="100"):
        page.full_clean()


def test_a_test_stands_under_a_module_only(page: AssessmentPage) -> None:
    assert AssessmentPage.allowed_parent_page_models() == [ModulePage]
    assert AssessmentPage not in CataloguePage.allowed_subpage_models()


def test_its_address_opens_it_in_the_app(page: AssessmentPage) -> None:
    response = page.serve(None)  # type: ignore[arg-type]
    module = page.get_parent().specific
    assert response.url == f"/learn/#/module/{module.uuid}/test/{page.uuid}"
