"""A test as an author makes it and as an edition holds it."""

import json
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from assessments.models import AssessmentPage
from modules.models import CataloguePage, Edition, ModulePage


@pytest.fixture
def page(db: None) -> AssessmentPage:
    """The final test of the module that ships with the platform."""
    call_command("load_modules", verbosity=0)
    return AssessmentPage.objects.get()


class NoFiles:
    """A test has no uploads; asking for one fails."""


def choice(text: str, correct: bool) -> dict[str, Any]:
    value = {"text": text, "correct": correct, "feedback": "Because."}
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def question(*choices: dict[str, Any], kind: str = "single") -> str:
    value = {
        "kind": kind,
        "text": "Why?",
        "choices": list(choices),
        "explanation": "So.",
        "source": "A/1",
    }
    return json.dumps([{"type": "question", "id": str(uuid.uuid4()), "value": value}])


def test_the_shipped_test_is_loaded_with_its_questions(page: AssessmentPage) -> None:
    assert page.live
    assert page.pass_mark == 80
    assert len(page.questions) == 12


def test_the_document_is_as_the_formats_say(page: AssessmentPage) -> None:
    document = page.part_document("en", NoFiles())  # type: ignore[arg-type]
    assert set(document) == {
        "id",
        "kind",
        "heading",
        "summary",
        "language",
        "pass_mark",
        "questions",
    }
    assert document["id"] == str(page.uuid)
    assert document["kind"] == "test"
    item = document["questions"][0]
    assert set(item) == {"id", "kind", "text", "choices", "explanation", "source"}
    assert [each["correct"] for each in item["choices"]].count(True) == 1
    assert all(each["feedback"] for each in item["choices"])


def test_the_summary_names_the_number_of_questions_and_the_mark(page: AssessmentPage) -> None:
    summary = page.part_summary("en")
    assert (summary["questions"], summary["pass_mark"], summary["minutes"]) == (12, 80, 20)


def test_a_heading_is_given_in_the_language_of_the_edition(page: AssessmentPage) -> None:
    page.heading_ur = "آخری امتحان"
    document = page.part_document("ur", NoFiles())  # type: ignore[arg-type]
    assert document["heading"] == "آخری امتحان"
    assert page.part_document("km", NoFiles())["heading"] == "Final test"  # type: ignore[arg-type]


def test_the_edition_ends_with_the_test(page: AssessmentPage) -> None:
    edition = Edition.objects.get(language="en")
    part = edition.manifest["parts"][-1]
    assert (part["id"], part["kind"], part["questions"]) == (str(page.uuid), "test", 12)


def test_an_authors_question_without_a_right_choice_is_refused(page: AssessmentPage) -> None:
    page.questions = question(choice("Yes", False), choice("No", False))
    with pytest.raises(ValidationError):
        page.questions.stream_block.clean(page.questions)


def test_a_test_without_questions_is_refused(page: AssessmentPage) -> None:
    page.questions = "[]"
    with pytest.raises(ValidationError):
        page.full_clean()


def test_a_pass_mark_above_a_hundred_is_refused(page: AssessmentPage) -> None:
    page.pass_mark = 101
    with pytest.raises(ValidationError, match="100"):
        page.full_clean()


def test_a_test_stands_under_a_module_only(page: AssessmentPage) -> None:
    assert AssessmentPage.allowed_parent_page_models() == [ModulePage]
    assert AssessmentPage not in CataloguePage.allowed_subpage_models()


def test_its_address_opens_it_in_the_app(page: AssessmentPage, client: Client) -> None:
    response = page.serve(None)  # type: ignore[arg-type]
    module = page.get_parent().specific
    assert response.url == f"/learn/#/module/{module.uuid}/part/{page.uuid}"
