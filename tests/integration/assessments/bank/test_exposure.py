"""What is practised is not measured with: in the form of either page, in every module, and in a draw."""

import json
import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from assessments.bank.checks import mistakes
from assessments.bank.sections import sections_of
from assessments.models import AssessmentPage, Item
from modules.models import Edition, LessonPage, ModulePage
from tests.integration.assessments.bank import items
from tests.integration.modules.pages import add_lesson, make_module

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]
Page = LessonPage | AssessmentPage


@pytest.fixture
def item(module: ModulePage) -> Item:
    return items.make_item(text="Which one?", module=module)


def practice(*asked: Item) -> list[dict[str, Any]]:
    return [{"type": "practice", "id": str(uuid4()), "value": {"item": each.pk}} for each in asked]


def lesson(*asked: Item) -> LessonPage:
    return LessonPage(heading_en="L", title="L", body=json.dumps(practice(*asked)))


def a_test(purpose: str, *sections: dict[str, Any], **fields: Any) -> AssessmentPage:
    return AssessmentPage(
        heading_en="T", title="T", purpose=purpose, sections=json.dumps(list(sections)), **fields
    )


def told(page: Page, module: ModulePage) -> list[tuple[str, str]]:
    return [(field, str(message)) for field, message in mistakes(page, module)]


PRACTISED = (
    "“Which one?” is practised in “%s” (Borders), so its answer lies on the tablet. "
    "Choose another item here, or take it out there and publish."
)
ASKED = (
    "“Which one?” is asked in “%s” (Borders), so its answer must not lie on the tablet. "
    "Choose another item here, or take it out there and publish."
)


def test_an_item_of_a_lesson_is_refused_in_a_graded_test(module: ModulePage, item: Item) -> None:
    add_lesson(module, "One", *practice(item))
    found = told(a_test("graded", items.chosen(item)), module)
    assert found == [("sections", PRACTISED % "One")]


def test_an_item_of_a_practice_test_is_refused_in_a_form_of_a_pre_test(
    module: ModulePage, item: Item
) -> None:
    items.make_test(module, "practice", items.chosen(item))
    other = items.make_item(module=module)
    pre = a_test("pre", form_a=items.form(other), form_b=items.form(item))
    assert told(pre, module) == [("form_b", PRACTISED % "Test practice")]


def test_an_item_of_a_graded_test_is_refused_in_a_lesson(module: ModulePage, item: Item) -> None:
    items.make_test(module, "graded", items.chosen(item))
    assert told(lesson(item), module) == [("body", ASKED % "Test graded")]


def test_an_item_of_a_pre_test_is_refused_in_a_practice_test(
    module: ModulePage, item: Item
) -> None:
    other = items.make_item(module=module)
    items.make_test(module, "pre", form_a=items.form(item), form_b=items.form(other))
    found = told(a_test("practice", items.chosen(item, other)), module)
    assert ("sections", ASKED % "Test pre") in found
    assert len(found) == 2


def test_another_module_is_on_the_same_tablet(module: ModulePage, item: Item) -> None:
    other = make_module(heading_en="Ports", slug="ports")
    add_lesson(other, "One", *practice(item))
    [(_field, message)] = told(a_test("graded", items.chosen(item)), module)
    assert "practised in “One” (Ports)" in message
    items.make_test(module, "graded", items.chosen(item))
    [(_field, message)] = told(lesson(item), other)
    assert "asked in “Test graded” (Borders)" in message


def test_a_draft_and_what_a_purpose_no_longer_asks_are_no_obstacle(
    module: ModulePage, item: Item
) -> None:
    add_lesson(module, "One", *practice(item), live=False)
    items.make_test(module, "practice", items.chosen(items.make_item()), form_a=items.form(item))
    assert told(a_test("graded", items.chosen(item)), module) == []


def test_a_practice_test_becomes_a_graded_one_without_being_its_own_obstacle(
    module: ModulePage, item: Item
) -> None:
    page = items.make_test(module, "practice", items.chosen(item))
    page.purpose = "graded"
    assert told(page, module) == []


def drawn(page: AssessmentPage) -> set[Any]:
    found = AssessmentPage.objects.get(pk=page.pk)
    return {each for section in sections_of(found, found.module()) for each in section.items}


def test_a_graded_test_draws_nothing_that_is_practised_anywhere(
    module: ModulePage, item: Item
) -> None:
    free = items.make_item(module=module)
    page = items.make_test(module, "graded", items.draw(1))
    assert drawn(page) == {item.uuid, free.uuid}
    add_lesson(make_module(slug="ports"), "One", *practice(item))
    assert drawn(page) == {free.uuid}


def test_practice_draws_nothing_that_a_test_may_measure_with(module: ModulePage) -> None:
    [chosen, easy, hard] = [items.make_item(module=module, difficulty=n) for n in (2, 1, 3)]
    page = items.make_test(module, "practice", items.draw(1))
    items.make_test(module, "graded", items.chosen(chosen), items.draw(1, difficulty=1))
    assert drawn(page) == {hard.uuid}
    assert easy.uuid not in drawn(page)


LACKING = (
    "“%s” (Borders) draws from the bank and would have too few items left, "
    "because nobody is measured with what can be practised."
)


def test_a_lesson_takes_no_item_that_a_draw_needs(module: ModulePage, item: Item) -> None:
    items.make_test(module, "graded", items.draw(1))
    assert told(lesson(item), module) == [("body", LACKING % "Test graded")]
    items.make_item(module=module)
    assert told(lesson(item), module) == []


def test_a_graded_test_takes_no_item_that_a_practice_test_needs(module: ModulePage) -> None:
    one, _two = [items.make_item(module=module) for _n in range(2)]
    items.make_test(module, "practice", items.draw(1))
    assert told(a_test("graded", items.chosen(one)), module) == []
    found = told(a_test("graded", items.draw(1)), module)
    assert found == [("sections", LACKING % "Test practice")]


def test_what_becomes_practised_leaves_the_edition_of_another_module(
    module: ModulePage, item: Item, django_capture_on_commit_callbacks: Commit
) -> None:
    items.make_item(module=module)
    with django_capture_on_commit_callbacks(execute=True):
        items.make_test(module, "graded", items.draw(1))
    before = Edition.objects.current().get(module=module.uuid)
    with django_capture_on_commit_callbacks(execute=True):
        add_lesson(make_module(slug="ports"), "One", *practice(item))
    after = Edition.objects.current().get(module=module.uuid)
    assert after.version == before.version + 1


@pytest.fixture
def publishes_practice(
    module: ModulePage,
    item: Item,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Commit,
) -> Callable[[ModulePage], str]:
    """A lesson that practises, in this module, what a graded test of `module` asks; what the log says then.

    As by schedule, or many at once: no form is asked.
    """
    with django_capture_on_commit_callbacks(execute=True):
        items.make_test(module, "graded", items.chosen(item))

    def publish(where: ModulePage) -> str:
        with (
            caplog.at_level(logging.ERROR, "elearning.editions"),
            django_capture_on_commit_callbacks(execute=True),
        ):
            add_lesson(where, "One", *practice(item))
        return caplog.text

    return publish


def test_pages_that_were_published_without_their_form_build_no_edition(
    module: ModulePage,
    publishes_practice: Callable[[ModulePage], str],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    logged = publishes_practice(module)
    assert Edition.objects.get().version == 1
    sentence = (
        "“Which one?” is asked in “Test graded”, and its answer stands in “One”. No edition was "
        "built. Take it out of one of the two and publish."
    )
    assert sentence in logged
    with pytest.raises(CommandError, match="is asked in “Test graded”"):
        call_command("build_editions")
    with django_capture_on_commit_callbacks(execute=True):
        AssessmentPage.objects.get().unpublish()
    assert Edition.objects.current().get().version == 2


def test_a_page_of_another_module_that_was_published_without_its_form_builds_no_edition(
    module: ModulePage,
    publishes_practice: Callable[[ModulePage], str],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ports = make_module(heading_en="Ports", slug="ports")
    assert ASKED % "Test graded" in publishes_practice(ports)
    assert not Edition.objects.filter(module=ports.uuid).exists()
    assert Edition.objects.current().filter(module=module.uuid).exists()
