"""Reading what is offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from elearning import languages
from modules.models import Edition, ModulePage

SHOWN = ("language", "version", "heading", "summary", "minutes", "lessons", "files", "size")


def entries(modules: Iterable[UUID] | None = None) -> list[dict[str, Any]]:
    """The current editions as the entries of docs/formats.md, of all modules or of these; one query."""
    editions = Edition.objects.current().order_by("module", "language")
    if modules is not None:
        editions = editions.filter(module__in=list(modules))
    return [entry(edition) for edition in editions.defer("manifest")]


def entry(edition: Edition) -> dict[str, Any]:
    shown = {name: getattr(edition, name) for name in SHOWN}
    return {"module": str(edition.module), **shown, "manifest": edition.url}


def module_headings(uuids: Iterable[UUID]) -> dict[UUID, str]:
    """Headings in the active language, also of modules that are no longer published."""
    pages = ModulePage.objects.filter(uuid__in=list(uuids))
    return {page.uuid: page.heading for page in pages}


def module_choices() -> list[tuple[UUID, str]]:
    """The published modules in the order of the catalogue, headings in the active language."""
    return [(page.uuid, page.heading) for page in ModulePage.objects.live().order_by("path")]


@dataclass(frozen=True)
class Offer:
    """One language of a module in the catalogue; `size` in bytes."""

    language: languages.Language
    size: int


@dataclass(frozen=True)
class CatalogueModule:
    page: ModulePage
    lessons: int
    offers: list[Offer]


def catalogue() -> list[CatalogueModule]:
    """The published modules with what can be downloaded of each, in two queries."""
    offered: dict[str, list[dict[str, Any]]] = {}
    for each in entries():
        offered.setdefault(each["module"], []).append(each)
    return [
        _catalogue_module(page, offered.get(str(page.uuid), []))
        for page in ModulePage.objects.live().order_by("path")
    ]


def _catalogue_module(page: ModulePage, offered: list[dict[str, Any]]) -> CatalogueModule:
    sizes = {each["language"]: each["size"] for each in offered}
    offers = [
        Offer(language, sizes[language.code])
        for language in languages.ALL
        if language.code in sizes
    ]
    return CatalogueModule(page, max((each["lessons"] for each in offered), default=0), offers)
