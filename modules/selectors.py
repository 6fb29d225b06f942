"""Reading what is offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from elearning import languages
from modules.models import Edition, ModulePage

SHOWN = (
    "language", "version", "format", "heading", "summary", "minutes", "lessons", "files", "size",
)  # fmt: skip


def entries(
    modules: Iterable[UUID] | None = None, *, says_its_format: bool = True
) -> list[dict[str, Any]]:
    """The current editions as the entries of docs/formats.md, of all modules or of these; one query.

    An app that does not say which format it knows knows only the first, and would open any other.
    """
    editions = Edition.objects.current().order_by("module", "language")
    if modules is not None:
        editions = editions.filter(module__in=list(modules))
    if not says_its_format:
        editions = editions.filter(format=1)
    return [entry(edition) for edition in editions.defer("manifest")]


def entry(edition: Edition) -> dict[str, Any]:
    shown = {name: getattr(edition, name) for name in SHOWN}
    return {"module": str(edition.module), **shown, "manifest": edition.url}


def module_headings(uuids: Iterable[UUID]) -> dict[UUID, str]:
    """Headings in the active language, also of modules that are no longer published.

    A module without a page here, handed down by another server, is called as its editions are.
    """
    wanted = set(uuids)
    headings = {page.uuid: page.heading for page in ModulePage.objects.filter(uuid__in=wanted)}
    if pageless := wanted - headings.keys():
        # The current one has the word over its forerunners.
        editions = Edition.objects.filter(module__in=pageless).order_by("current", "version")
        editions = editions.defer("manifest")
        headings |= {module: shown.heading for module, shown in _chosen(editions).items()}
    return headings


def module_choices() -> list[tuple[UUID, str]]:
    """The modules offered here in the order of the catalogue, headings in the active language."""
    pages = [(page.uuid, page.heading) for page in ModulePage.objects.live().order_by("path")]
    known = {module for module, _heading in pages}
    pageless = _chosen(Edition.objects.current().exclude(module__in=known).defer("manifest"))
    return pages + [(edition.module, edition.heading) for edition in _by_heading(pageless)]


def _chosen(editions: Iterable[Edition]) -> dict[UUID, Edition]:
    """Of each module the edition in the active language, else in English, else in any.

    Of several in one language the last in the order given.
    """
    found: dict[UUID, dict[str, Edition]] = {}
    for edition in editions:
        found.setdefault(edition.module, {})[edition.language] = edition
    active = get_language() or languages.SOURCE.code
    return {
        module: offered.get(active) or offered.get(languages.SOURCE.code) or offered[min(offered)]
        for module, offered in found.items()
    }


def _by_heading(editions: dict[UUID, Edition]) -> list[Edition]:
    return sorted(editions.values(), key=lambda edition: (edition.heading, edition.module))


@dataclass(frozen=True)
class Offer:
    """One language of a module in the catalogue; `size` in bytes."""

    language: languages.Language
    size: int


@dataclass(frozen=True)
class CatalogueModule:
    """`url` is the page of the module, blank where it has none here."""

    uuid: UUID
    url: str
    heading: str
    summary: str
    text_language: languages.Language
    minutes: int
    lessons: int
    offers: list[Offer]


def catalogue() -> list[CatalogueModule]:
    """The modules offered here with what can be downloaded of each, in two queries.

    First those with a page, in the order of the pages, then those that were handed down.
    """
    offered: dict[UUID, list[Edition]] = {}
    for edition in Edition.objects.current().order_by("module", "language").defer("manifest"):
        offered.setdefault(edition.module, []).append(edition)
    pages = ModulePage.objects.live().order_by("path")
    with_page = [_of_page(page, offered.pop(page.uuid, [])) for page in pages]
    shown = _chosen([edition for found in offered.values() for edition in found])
    return with_page + [_of_edition(each, offered[each.module]) for each in _by_heading(shown)]


def _of_page(page: ModulePage, offered: list[Edition]) -> CatalogueModule:
    return CatalogueModule(
        uuid=page.uuid,
        url=page.url or "",
        heading=page.heading,
        summary=page.summary,
        text_language=page.text_language,
        minutes=page.minutes,
        lessons=max((each.lessons for each in offered), default=0),
        offers=_offers(offered),
    )


def _of_edition(edition: Edition, offered: list[Edition]) -> CatalogueModule:
    return CatalogueModule(
        uuid=edition.module,
        url="",
        heading=edition.heading,
        summary=edition.summary,
        text_language=languages.BY_CODE[edition.language],
        minutes=edition.minutes,
        lessons=max(each.lessons for each in offered),
        offers=_offers(offered),
    )


def _offers(offered: list[Edition]) -> list[Offer]:
    sizes = {each.language: each.size for each in offered}
    return [
        Offer(language, sizes[language.code])
        for language in languages.ALL
        if language.code in sizes
    ]
