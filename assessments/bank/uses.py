"""Which published pages show an item of the bank."""

from collections.abc import Iterator

from wagtail.models import Page

from assessments.bank.sections import sections_of, too_few
from assessments.blocks.sections import chosen_keys, form_keys, has_draw
from assessments.models.item import Item
from assessments.models.page import AssessmentPage
from modules.models import LessonPage


def pages_that_name(item: Item) -> Iterator[Page]:
    """Lessons with it as practice, and tests whose author chose it."""
    for lesson in LessonPage.objects.live():
        blocks = (block for block in lesson.body.raw_data if block["type"] == "practice")
        if any(block["value"].get("item") == item.pk for block in blocks):
            yield lesson
    for test in AssessmentPage.objects.live():
        if item.pk in _named(test):
            yield test


def pages_that_need(item: Item) -> Iterator[Page]:
    """Those that name it, and tests that could draw too few without it."""
    named = list(pages_that_name(item))
    yield from named
    for test in _drawing():
        if test not in named and _would_lack(test, item):
            yield test


def pages_that_may_show(item: Item) -> Iterator[Page]:
    """Also every test that draws: by objective and difficulty it may have come in, or gone out."""
    named = list(pages_that_name(item))
    yield from named
    yield from (test for test in _drawing() if test not in named)


def _named(test: AssessmentPage) -> set[int]:
    return {*chosen_keys(test.sections), *form_keys(test.form_a), *form_keys(test.form_b)}


def _drawing() -> list[AssessmentPage]:
    return [test for test in AssessmentPage.objects.live() if has_draw(test.sections)]


def _would_lack(test: AssessmentPage, item: Item) -> bool:
    sections = sections_of(test, test.module())
    rest = [each.without(item.uuid) for each in sections]
    return len(too_few(rest)) > len(too_few(sections))
