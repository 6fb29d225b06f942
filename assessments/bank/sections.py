"""Which items of the bank a test may ask, as the bank is now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.bank import exposure
from assessments.blocks.sections import form_keys, has_draw
from assessments.models.item import Item, ItemVersion
from assessments.models.page import AssessmentPage
from modules.models import ModulePage


@dataclass(frozen=True)
class Section:
    """`pick` of the `items` are asked; a fixed one asks all of them, in this order."""

    id: str
    pick: int
    fixed: bool
    items: list[UUID]

    @property
    def asked(self) -> int:
        return min(self.pick, len(self.items))

    def without(self, items: Iterable[UUID]) -> "Section":
        gone = set(items)
        return replace(self, items=[each for each in self.items if each not in gone])


def sections_of(page: AssessmentPage, module: ModulePage | None) -> list[Section]:
    """Only published items are there, so a section may hold fewer than its author chose."""
    pool = drawable(page) if has_draw(page.sections) else usable()
    return [
        _chosen(str(each.id), each.value)
        if each.block_type == "chosen"
        else _drawn(str(each.id), each.value, module, pool)
        for each in page.sections
    ]


def forms_of(page: AssessmentPage) -> dict[str, list[UUID]]:
    return {"A": items_of(page.form_a), "B": items_of(page.form_b)}


def usable() -> QuerySet[Item]:
    """What can be asked: published, so that there is a version of it."""
    kept = ItemVersion.objects.filter(item=OuterRef("uuid"))
    return Item.objects.filter(Exists(kept), live=True)


def drawable(page: AssessmentPage) -> QuerySet[Item]:
    """A test that measures draws nothing that is practised; practice draws nothing that a test may measure with."""
    if not exposure.practises(page):
        return usable().exclude(pk__in=list(exposure.practised(but=page)))
    drawn = [
        item
        for test in tests_that_draw(but=page)
        if not exposure.practises(test)
        for section in sections_of(test, test.module())
        for item in section.items
    ]
    barred = Q(pk__in=list(exposure.measured(but=page))) | Q(uuid__in=drawn)
    return usable().exclude(barred)


def tests_that_draw(but: exposure.Asking | None = None) -> list[AssessmentPage]:
    """The published ones that draw from the bank."""
    pages = AssessmentPage.objects.live().exclude(pk=but.pk if but else None)
    return [page for page in pages if has_draw(page.sections)]


def items_of(form: Any) -> list[UUID]:
    """The published items of a form, in its order."""
    keys = form_keys(form)
    found = dict(usable().filter(pk__in=keys).values_list("pk", "uuid"))
    return [found[key] for key in keys if key in found]


def too_few(sections: Iterable[Section]) -> list[Section]:
    """Those that may find less than they ask, because an item is never asked twice in one attempt."""
    before: list[Section] = []
    short = []
    for section in sections:
        taken = sum(min(each.pick, len({*each.items} & {*section.items})) for each in before)
        if len(section.items) - taken < section.pick:
            short.append(section)
        before.append(section)
    return short


def _chosen(name: str, value: Any) -> Section:
    chosen = [item for item in value["items"] if item]
    pick = value["pick"] or len(chosen)
    found = set(usable().filter(pk__in=[item.pk for item in chosen]).values_list("uuid", flat=True))
    items = [item.uuid for item in chosen if item.uuid in found]
    return Section(name, pick, pick >= len(chosen), items)


def _drawn(name: str, value: Any, module: ModulePage | None, found: QuerySet[Item]) -> Section:
    if value["difficulty"]:
        found = found.filter(difficulty=value["difficulty"])
    if value["objective"]:
        found = found.filter(objective=value["objective"])
    else:
        found = found.filter(module=module)
    items = list(found.order_by("uuid").values_list("uuid", flat=True))
    return Section(name, value["count"] or 1, False, items)
