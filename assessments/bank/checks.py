"""What keeps a test from being published, in sentences for its author."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.bank.sections import sections_of, too_few
from assessments.models.attempt import Purpose
from assessments.models.item import Item

if TYPE_CHECKING:
    from assessments.models import AssessmentPage
    from modules.models import ModulePage

Mistake = tuple[str, str | Promise]


def mistakes(page: "AssessmentPage", module: "ModulePage") -> Iterator[Mistake]:
    """The field and what is wrong in it; the page may be new and have no place in the tree yet."""
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


def _pre(page: "AssessmentPage") -> Iterator[Mistake]:
    forms = [[child.value for child in form if child.value] for form in (page.form_a, page.form_b)]
    yield from form_mistakes(*forms)
    for name, form in zip(("form_a", "form_b"), forms, strict=True):
        yield from _unpublished(name, form)


def _post(page: "AssessmentPage", module: "ModulePage") -> Iterator[Mistake]:
    pair: Any = page.pair
    if pair is None or pair.purpose != Purpose.PRE:
        yield "pair", _("A post-test needs the pre-test that it is compared with.")
    elif not pair.is_child_of(module):
        yield "pair", _("The pre-test must be of the same module.")


def _sections(page: "AssessmentPage", module: "ModulePage") -> Iterator[Mistake]:
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
