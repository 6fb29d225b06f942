"""The tests of a module from its files: pre-test, practice test, post-test, graded test."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from assessments.models import AssessmentPage, Purpose
from modules.loading.above import ModuleFiles
from modules.loading.bank import Bank, BankItem
from modules.loading.illustrations import Illustrations
from modules.loading.pages import PageRef, PageSource
from modules.loading.source import Node
from modules.loading.streams import Streams

Raw = dict[str, Any]


def pretest(files: ModuleFiles) -> Iterator[PageSource]:
    if node := files.named("pretest"):
        fields = {"purpose": Purpose.PRE.value, "minutes": node.number("minutes", 1, 999)}
        yield _source(node, fields | _forms(node, files.bank))


def tests_after(files: ModuleFiles) -> Iterator[PageSource]:
    """In the order in which they stand behind the lessons."""
    if node := files.named("test"):
        yield _source(node, _practice(node, files.bank))
    if node := files.named("posttest"):
        yield _source(node, _post(node, files))
    if node := files.named("graded"):
        yield _source(node, _graded(node, files.bank))


def _source(node: Node, fields: Raw) -> PageSource:
    return PageSource(
        model=AssessmentPage,
        uuid=node.uuid("id"),
        slug=node.text("slug"),
        heading=node.text("heading"),
        summary=node.text("summary"),
        fields=fields,
    )


def _practice(node: Node, bank: Bank) -> Raw:
    fields: Raw = {"pass_mark": node.number("pass_mark", 0, 100)}
    if "minutes" in node.values:
        fields["minutes"] = node.number("minutes", 1, 999)
    if "sections" in node.values:
        return fields | {"sections": _sections(node, bank), "questions": []}
    streams = Streams(node.uuid("id"), Illustrations(settings.ILLUSTRATIONS_DIR))
    return fields | {"questions": streams.questions(node)}


def _post(node: Node, files: ModuleFiles) -> Raw:
    before = files.named("pretest")
    if before is None:
        raise files.node.error("posttest", "needs a pretest beside it")
    return {
        "purpose": Purpose.POST.value,
        "minutes": node.number("minutes", 1, 999),
        "pair_id": PageRef(AssessmentPage, before.uuid("id")),
    }


def _graded(node: Node, bank: Bank) -> Raw:
    def optional(key: str, most: int) -> int:
        return node.number(key, 0, most) if key in node.values else 0

    return {
        "purpose": Purpose.GRADED.value,
        "minutes": node.number("minutes", 1, 999),
        "pass_mark": node.number("pass_mark", 0, 100),
        "attempts_allowed": optional("attempts", 99),
        "time_limit": optional("limit", 600),
        "one_by_one": "one_by_one" in node.values and node.flag("one_by_one"),
        "sections": _sections(node, bank),
    }


def _sections(node: Node, bank: Bank) -> list[Raw]:
    page = node.uuid("id")
    made = [_section(section, page, bank) for section in node.keyed("sections")]
    seen: set[UUID] = set()
    for section, raw in zip(node.keyed("sections"), made, strict=True):
        uuids = {child["value"].uuid for child in raw["value"]["items"]}
        if uuids & seen:
            raise section.error("items", "names an item of an earlier section")
        seen |= uuids
    return made


def _section(node: Node, page: UUID, bank: Bank) -> Raw:
    key = node.text("key")
    items = bank.items(node, "items")
    pick = node.number("pick", 1, len(items)) if "pick" in node.values else len(items)
    children = [_child(page, f"{key}/{name}", "item", item) for name, item in items]
    value = {"items": children, "pick": None if pick == len(items) else pick}
    return _child(page, key, "chosen", value)


def _child(page: UUID, path: str, kind: str, value: Any) -> Raw:
    return {"type": kind, "id": str(uuid5(page, path)), "value": value}


def _forms(node: Node, bank: Bank) -> Raw:
    forms = node.node("forms")
    held = {name: bank.items(forms, name) for name in ("A", "B")}
    if len(held["A"]) != len(held["B"]):
        raise forms.error("B", "must have as many items as A")
    if both := {key for key, _item in held["A"]} & {key for key, _item in held["B"]}:
        raise forms.error("B", f"names {min(both)!r}, which is in A too")
    if _objectives(held["A"], bank) != _objectives(held["B"], bank):
        raise forms.error("B", "must be about the same objectives as A")
    page = node.uuid("id")
    return {
        f"form_{name.lower()}": [_child(page, f"{name}/{key}", "item", item) for key, item in items]
        for name, items in held.items()
    }


def _objectives(items: list[tuple[str, BankItem]], bank: Bank) -> set[str]:
    return {bank.nodes[key].text("objective") for key, _item in items}
