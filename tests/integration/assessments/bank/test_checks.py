"""What the author of a test is told before it can be published."""

import json
from typing import Any
from uuid import uuid4

import pytest

from assessments.bank.checks import mistakes
from assessments.models import AssessmentPage, Item
from modules.models import ModulePage
from tests.integration.assessments.bank import items
from tests.integration.modules.pages import make_module, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> ModulePage:
    return make_module()


def told(module: ModulePage, purpose: str, **fields: Any) -> list[tuple[str, str]]:
    page = AssessmentPage(heading_en="T", summary_en="T", purpose=purpose, **fields)
    return [(field, str(message)) for field, message in mistakes(page, module)]


def bank(module: ModulePage, count: int, **fields: Any) -> list[Item]:
    return [items.make_item(module=module, **fields) for _n in range(count)]


def sections(*raw: dict[str, Any]) -> str:
    return json.dumps(list(raw))


def test_a_pre_test_needs_both_forms(module: ModulePage) -> None:
    assert told(module, "pre") == [("form_a", "A pre-test needs both forms, A and B.")]


def test_the_forms_have_the_same_length_and_share_no_item(module: ModulePage) -> None:
    one, two, three = bank(module, 3)
    found = told(module, "pre", form_a=items.form(one, two), form_b=items.form(two, three, three))
    assert found == [
        ("form_b", "Both forms must have the same number of items."),
        ("form_b", "An item stands twice in this form."),
        ("form_b", "No item may stand in both forms."),
    ]


def test_the_forms_are_about_the_same_objectives(module: ModulePage) -> None:
    [one] = bank(module, 1, objective=items.objective_of(module))
    [two] = bank(module, 1, objective=uuid4())
    found = told(module, "pre", form_a=items.form(one), form_b=items.form(two))
    assert found == [("form_b", "Both forms must be about the same learning objectives.")]


def test_a_right_pre_test_has_no_mistake(module: ModulePage) -> None:
    one, two = bank(module, 2)
    assert told(module, "pre", form_a=items.form(one), form_b=items.form(two)) == []


def test_a_post_test_needs_the_pre_test_of_its_module(module: ModulePage) -> None:
    one, two = bank(module, 2)
    pre = items.make_test(module, "pre", form_a=items.form(one), form_b=items.form(two))
    assert told(module, "post", pair=pre) == []
    [(field, _message)] = told(module, "post")
    assert field == "pair"
    elsewhere = make_module(slug="elsewhere")
    [(_field, message)] = told(elsewhere, "post", pair=pre)
    assert message == "The pre-test must be of the same module."


def test_a_graded_test_needs_a_section_and_practice_needs_something(module: ModulePage) -> None:
    assert [field for field, _message in told(module, "graded")] == ["sections"]
    assert [field for field, _message in told(module, "practice")] == ["sections"]


def test_own_questions_stand_alone(module: ModulePage) -> None:
    [item] = bank(module, 1)
    own = json.dumps([{"type": "question", "id": str(uuid4()), "value": question()}])
    assert told(module, "practice", questions=own) == []
    found = told(module, "practice", questions=own, sections=sections(items.chosen(item)))
    assert [field for field, _message in found] == ["questions"]


def test_a_draw_must_find_enough_published_items(module: ModulePage) -> None:
    bank(module, 2, difficulty=1)
    bank(module, 3, difficulty=1, live=False)
    assert told(module, "graded", sections=sections(items.draw(2, difficulty=1))) == []
    [(field, message)] = told(module, "graded", sections=sections(items.draw(3, difficulty=1)))
    assert field == "sections"
    assert message.startswith("Section 1 asks 3 questions")


def test_two_sections_share_what_the_bank_has(module: ModulePage) -> None:
    one, two = bank(module, 2, difficulty=1)
    twice = sections(items.chosen(one, two), items.draw(1, difficulty=1))
    [(_field, message)] = told(module, "graded", sections=twice)
    assert message.startswith("Section 2 asks 1 question,")


def test_an_item_that_is_not_published_is_named(module: ModulePage) -> None:
    draft = items.make_item("short", live=False)
    found = told(module, "graded", sections=sections(items.chosen(draft)))
    assert ("sections", f"This item is not published: {draft}") in found
