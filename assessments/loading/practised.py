"""No item of a module's files is both practised and measured with."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from assessments.models import AssessmentPage, Purpose
from modules.loading.above import ModuleFiles
from modules.loading.bank import BankItem
from modules.loading.pages import PageSource

# By the purpose of a test that measures: what module.yaml calls it, and where it names its items.
MEASURING = {Purpose.PRE.value: ("pretest", "forms"), Purpose.GRADED.value: ("graded", "sections")}


def check(files: ModuleFiles, pages: list[PageSource]) -> None:
    """Raises ContentError, naming the item and where it is practised."""
    practised = {
        item: page.heading
        for page in pages
        if _purpose(page) not in MEASURING
        for item in _items(page.fields)
    }
    keys = {files.bank.uuid(key): key for key in files.bank.nodes}
    for page in pages:
        if _purpose(page) in MEASURING:
            for item in _items(page.fields):
                if item in practised:
                    name, field = MEASURING[_purpose(page)]
                    told = f"names {keys[item]!r}, which is practised in “{practised[item]}”"
                    raise (files.named(name) or files.node).error(field, told)


def _purpose(page: PageSource) -> str:
    return str(page.fields.get("purpose", "")) if page.model is AssessmentPage else ""


def _items(value: Any) -> Iterator[UUID]:
    if isinstance(value, BankItem):
        yield value.uuid
    elif isinstance(value, dict):
        for each in value.values():
            yield from _items(each)
    elif isinstance(value, list):
        for each in value:
            yield from _items(each)
