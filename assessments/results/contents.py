"""The items of attempts with their keys, each in the version that was asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from assessments.models import Attempt, ItemVersion
from assessments.results.documents import read_test
from assessments.rules.items import normal
from modules.models import Edition

Content = dict[str, Any]
# An item by id and version.
Asked = tuple[str, int]
Contents = dict[Asked, Content]


def asked(attempt: Attempt) -> list[Asked]:
    """In the order that the officer met them."""
    return [(str(each["item"]), int(each.get("version", 0))) for each in attempt.items]


def contents(attempts: Iterable[Attempt]) -> Contents:
    """Of every item asked: from the versions kept here, else from the files of the editions named.

    Two queries, and a file for each edition that has an item of which no version is kept (version 0:
    from before there was a bank).
    """
    found = list(attempts)
    wanted = {pair for attempt in found for pair in asked(attempt)}
    known = kept(UUID(item) for item, _version in wanted)
    missing = wanted - known.keys()
    if missing:
        known |= _of_files([each for each in found if missing.intersection(asked(each))], missing)
    return known


def kept(items: Iterable[UUID]) -> Contents:
    rows = ItemVersion.objects.filter(item__in=set(items))
    return {(str(row.item), row.number): row.content for row in rows}


def _of_files(attempts: list[Attempt], missing: set[Asked]) -> Contents:
    found: Contents = {}
    named = {(each.module, each.test, each.language, each.version): each for each in attempts}
    editions = {
        (edition.module, edition.language, edition.version): edition
        for edition in Edition.objects.filter(module__in={each.module for each in attempts})
    }
    for (module, _test, language, version), attempt in named.items():
        edition = editions.get((module, language, version))
        seen = read_test(edition, attempt) if edition else None
        for item, content in (seen.items if seen else {}).items():
            pair = (item, int(content.get("version", 0)))
            if pair in missing:
                found.setdefault(pair, normal(content))
    return found
