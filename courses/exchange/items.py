"""Versions of items with their keys, as they come down: added, never changed.

With them a site marks tests whose editions hold no key. They go from server to server only. A version
that says something else here stays as it is here, and one that can't be marked is not taken
(docs/decisions/0009-what-comes-down.md).
"""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.blocks.problems import MESSAGES
from assessments.models import ItemVersion
from assessments.rules.items import problems
from courses.exchange import shape
from courses.exchange.counts import Count

COLUMNS = ("item", "number", "content", "digest")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST = 2**31 - 1
# How many are looked up in one query.
SOME = 500
Key = tuple[uuid.UUID, int]


@dataclass(frozen=True)
class VersionRow:
    item: uuid.UUID
    number: int
    content: dict[str, Any]
    digest: str
    # Why answers to it would be marked wrongly here, or not at all; blank where they would not.
    problem: str

    @property
    def key(self) -> Key:
        return self.item, self.number


def dumped() -> list[dict[str, Any]]:
    rows = ItemVersion.objects.order_by("item", "number").values(*COLUMNS)
    return [each | {"item": str(each["item"])} for each in rows]


def read(data: dict[str, Any]) -> list[VersionRow]:
    """None where the other server is so old that it has no items."""
    if "items" not in data:
        return []
    found = shape.rows(data, "items", _version)
    shape.each_once("versions of items", (each.key for each in found))
    return found


def _version(entry: dict[str, Any]) -> VersionRow:
    content, digest = entry["content"], entry["digest"]
    if not isinstance(content, dict) or not DIGEST.fullmatch(digest):
        raise ValueError
    number = shape.number(entry["number"], MOST)
    if shape.name(content["id"]) != shape.name(entry["item"]) or content["version"] != number:
        raise ValueError
    _check_texts(content)
    json.dumps(content, allow_nan=False)
    return VersionRow(shape.name(entry["item"]), number, content, digest, _problem(content))


def _problem(content: dict[str, Any]) -> str:
    """By the rules that the bank's own authors are held to."""
    try:
        found = problems(content)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        return _("its shape is not that of its kind")
    return str(MESSAGES.get(found[0], found[0])).rstrip(".") if found else ""


def _check_texts(value: Any) -> None:
    """Raises ValueError for text that PostgreSQL does not take."""
    if isinstance(value, dict):
        for name, inner in value.items():
            shape.text(name)
            _check_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_texts(inner)
    elif isinstance(value, str):
        shape.text(value)


def wrong(rows: list[VersionRow]) -> dict[Key, VersionRow]:
    """Those that can't be marked, and those that say something else here: one of the two servers has
    changed what must never be changed."""
    return {
        row.key: row
        for some, known in _known(rows)
        for row in some
        if row.problem or (row.key in known and known[row.key] != (row.content, row.digest))
    }


def apply(rows: list[VersionRow]) -> Count:
    """Add what is not here and can be marked. Needs a transaction."""
    count = Count()
    for some, known in _known(rows):
        sound = [row for row in some if not row.problem]
        new = [row for row in sound if row.key not in known]
        ItemVersion.objects.bulk_create(
            ItemVersion(item=row.item, number=row.number, content=row.content, digest=row.digest)
            for row in new
        )
        count.added += len(new)
        count.unchanged += len(sound) - len(new)
    return count


def _known(
    rows: list[VersionRow],
) -> Iterator[tuple[list[VersionRow], dict[Key, tuple[dict[str, Any], str]]]]:
    """The rows a part at a time, each with content and digest of those that are here."""
    for start in range(0, len(rows), SOME):
        some = rows[start : start + SOME]
        found = ItemVersion.objects.filter(item__in={row.item for row in some})
        yield some, {(each.item, each.number): (each.content, each.digest) for each in found}
