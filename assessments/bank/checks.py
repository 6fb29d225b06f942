"""What keeps a test, or a lesson with practice, from being published, in sentences for its author."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page

from assessments.bank import exposure
from assessments.bank.parts import asked_of
from assessments.bank.sections import sections_of, tests_that_draw, too_few
from assessments.bank.uses import would_lack
from assessments.models.attempt import Purpose
from assessments.models.item import Item
from assessments.models.page import AssessmentPage
from modules.checks import Mistake
from modules.models import LessonPage, ModulePage


def mistakes(page: Page, module: ModulePage) -> Iterator[Mistake]:
    """The field and what is wrong in it; the page may be new and have no place in the tree yet."""
    if isinstance(page, AssessmentPage):
        yield from _test(page, module)
    if isinstance(page, LessonPage | AssessmentPage):
        yield from _exposed(page, module)


def _test(page: AssessmentPage, module: ModulePage) -> Iterator[Mistake]:
    if page.purpose == Purpose.PRE:
        yield from _pre(page)
    elif page.purpose == Purpose.POST:
        yield from _post(page, module)
    elif page.sections:
        yield from _sections(page, module)
    elif page.purpose == Purpose.GRADED:
        yield "sections", _("A graded test needs at least one section with items of the bank.")
    elif not page.questions:
        yield "sections", _("A practice test needs sections, or questions of its own.")
    if page.questions and (page.sections or page.purpose != Purpose.PRACTICE):
        yield (
            "questions",
            _("Questions of its own are for a practice test without sections. Delete them here."),
        )


def form_mistakes(form_a: Sequence[Item], form_b: Sequence[Item]) -> Iterator[Mistake]:
    """Of the two forms of a pre-test, given as their items."""
    if not form_a or not form_b:
        yield "form_b" if form_a else "form_a", _("A pre-test needs both forms, A and B.")
        return
    if len(form_a) != len(form_b):
        yield "form_b", _("Both forms must have the same number of items.")
    for name, form in (("form_a", form_a), ("form_b", form_b)):
        if len({item.uuid for item in form}) < len(form):
            yield name, _("An item stands twice in this form.")
    if {item.uuid for item in form_a} & {item.uuid for item in form_b}:
        yield "form_b", _("No item may stand in both forms.")
    if {item.objective for item in form_a} != {item.objective for item in form_b}:
        yield "form_b", _("Both forms must be about the same learning objectives.")


def _pre(page: AssessmentPage) -> Iterator[Mistake]:
    forms = [[child.value for child in form if child.value] for form in (page.form_a, page.form_b)]
    yield from form_mistakes(*forms)
    for name, form in zip(("form_a", "form_b"), forms, strict=True):
        yield from _unpublished(name, form)


def _post(page: AssessmentPage, module: ModulePage) -> Iterator[Mistake]:
    pair: Any = page.pair
    if pair is None or pair.purpose != Purpose.PRE:
        yield "pair", _("A post-test needs the pre-test that it is compared with.")
    elif not pair.is_child_of(module):
        yield "pair", _("The pre-test must be of the same module.")


def _sections(page: AssessmentPage, module: ModulePage) -> Iterator[Mistake]:
    for section in page.sections:
        if section.block_type == "chosen":
            yield from _unpublished("sections", [item for item in section.value["items"] if item])
    sections = sections_of(page, module)
    order = [section.id for section in sections]
    for section in too_few(sections):
        message = ngettext(
            "Section %(number)s asks %(asked)s question, but the bank may not have so many left for it.",
            "Section %(number)s asks %(asked)s questions, but the bank may not have so many left for it.",
            section.pick,
        )
        number = order.index(section.id) + 1
        yield "sections", message % {"number": number, "asked": section.pick}


def _unpublished(field: str, items: Sequence[Item]) -> Iterator[Mistake]:
    for item in items:
        if not item.live:
            yield field, _("This item is not published: %(item)s") % {"item": item}


def _exposed(page: exposure.Asking, module: ModulePage) -> Iterator[Mistake]:
    """Of items that are practised and measured with, here and on another page, or that another page would lack."""
    named = exposure.named(page)
    found = list(conflicts(page))
    yield from found
    if named and not found:
        for other in _deprived(page, _taken(page, module)):
            message = _(
                "“%(page)s” (%(module)s) draws from the bank and would have too few items left, "
                "because nobody is measured with what can be practised."
            )
            yield next(iter(named)), message % _place(other)


def conflicts(page: Page) -> Iterator[Mistake]:
    """Items that it names, and that a published page of any module practises, or measures with."""
    if not isinstance(page, LessonPage | AssessmentPage):
        return
    practises = exposure.practises(page)
    others = exposure.measured(but=page) if practises else exposure.practised(but=page)
    message = _(
        "“%(item)s” is practised in “%(page)s” (%(module)s), so its answer lies on the tablet. "
        "Choose another item here, or take it out there and publish."
    )
    if practises:
        message = _(
            "“%(item)s” is asked in “%(page)s” (%(module)s), so its answer must not lie on the tablet. "
            "Choose another item here, or take it out there and publish."
        )
    for field, keys in exposure.named(page).items():
        for item in Item.objects.filter(pk__in=others.keys() & keys).order_by("pk"):
            yield field, message % (_place(others[item.pk]) | {"item": item})


def _taken(page: exposure.Asking, module: ModulePage) -> Iterable[Any]:
    """What no test of the other sort can draw once this page is published."""
    if not exposure.practises(page):
        return asked_of(page, module)
    keys = [key for keys in exposure.named(page).values() for key in keys]
    return Item.objects.filter(pk__in=keys).values_list("uuid", flat=True)


def _deprived(page: exposure.Asking, taken: Iterable[Any]) -> Iterator[AssessmentPage]:
    for test in tests_that_draw(but=page):
        if exposure.practises(test) != exposure.practises(page) and would_lack(test, taken):
            yield test


def _place(page: Page) -> dict[str, Any]:
    return {"page": page.title, "module": page.get_parent().title}
