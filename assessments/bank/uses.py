"""Which published pages show an item of the bank."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from wagtail.models import Page

from assessments.bank.exposure import practice_keys
from assessments.bank.sections import sections_of, tests_that_draw, too_few
from assessments.blocks.sections import chosen_keys, form_keys
from assessments.models.item import Item
from assessments.models.page import AssessmentPage
from modules.models import LessonPage


def pages_that_name(item: Item) -> Iterator[Page]:
    """Lessons with it as practice, and tests whose author chose it."""
    for lesson in LessonPage.objects.live():
        if item.pk in practice_keys(lesson.body):
            yield lesson
    for test in AssessmentPage.objects.live():
        if item.pk in _named(test):
            yield test


def pages_that_need(item: Item) -> Iterator[Page]:
    """Those that name it, and tests that could draw too few without it."""
    named = list(pages_that_name(item))
    yield from named
    for test in tests_that_draw():
        if test not in named and would_lack(test, [item.uuid]):
            yield test


def pages_that_may_show(item: Item) -> Iterator[Page]:
    """Also every test that draws: by objective and difficulty it may have come in, or gone out."""
    named = list(pages_that_name(item))
    yield from named
    yield from (test for test in tests_that_draw() if test not in named)


def _named(test: AssessmentPage) -> set[int]:
    return {*chosen_keys(test.sections), *form_keys(test.form_a), *form_keys(test.form_b)}


def would_lack(test: AssessmentPage, items: Iterable[UUID]) -> bool:
    """Whether it could draw too few without these, and can draw enough with them."""
    gone = set(items)
    sections = sections_of(test, test.module())
    rest = [each.without(gone) for each in sections]
    return len(too_few(rest)) > len(too_few(sections))
