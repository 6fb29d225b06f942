"""Whose answers lie on tablets because a page lets officers practise them, and which items a test measures with.

No item may be both: who is measured with it could look the answer up. An officer has the modules of
all cohorts on one tablet, so it makes no difference in which module it is practised.
"""

from collections.abc import Iterator
from typing import Any

from assessments.blocks.sections import chosen_keys, form_keys
from assessments.models.attempt import Purpose
from assessments.models.page import AssessmentPage
from modules.models import LessonPage

Asking = LessonPage | AssessmentPage


def practises(page: Asking) -> bool:
    return isinstance(page, LessonPage) or page.purpose == Purpose.PRACTICE


def practised(but: Asking | None = None) -> dict[int, Asking]:
    """The items that published pages name for practice, by primary key, each with such a page; `but` is left out."""
    tests = AssessmentPage.objects.filter(purpose=Purpose.PRACTICE)
    return _by_item([*LessonPage.objects.live(), *tests.live()], but)


def measured(but: Asking | None = None) -> dict[int, Asking]:
    """The same of pre-tests and graded tests; a post-test asks what its pre-test names."""
    return _by_item(list(AssessmentPage.objects.exclude(purpose=Purpose.PRACTICE).live()), but)


def named(page: Asking) -> dict[str, list[int]]:
    """The primary keys of the items that the page asks by name, by field."""
    if isinstance(page, LessonPage):
        return {"body": practice_keys(page.body)}
    if page.purpose == Purpose.PRE:
        return {name: form_keys(getattr(page, name)) for name in ("form_a", "form_b")}
    return {} if page.purpose == Purpose.POST else {"sections": chosen_keys(page.sections)}


def practice_keys(body: Any) -> list[int]:
    held = (block["value"].get("item") for block in body.raw_data if block["type"] == "practice")
    return [key for key in held if key]


def _by_item(pages: list[Asking], but: Asking | None) -> dict[int, Asking]:
    return {key: page for page in pages if but is None or page.pk != but.pk for key in _keys(page)}


def _keys(page: Asking) -> Iterator[int]:
    for keys in named(page).values():
        yield from keys
