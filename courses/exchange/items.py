"""Versions of items with their keys, as they come down: added, never changed.

With them a site marks tests whose editions hold no key. They go from server to server only.
"""

import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import ItemVersion
from courses.exchange import shape
from courses.exchange.counts import Count
from elearning.errors import ServiceError

COLUMNS = ("item", "number", "content", "digest")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST = 2**31 - 1
# How many are looked up in one query.
SOME = 500


class ItemConflict(ServiceError):
    """One of the two servers has changed what must never be changed."""

    def __init__(self, item: uuid.UUID, number: int) -> None:
        super().__init__(
            "item-conflict",
            _(
                "Version %(number)s of the item %(item)s says something else here than at the "
                "server above. Nothing was changed. A version is never changed: ask whoever runs "
                "that server which of the two is right."
            )
            % {"number": number, "item": item},
        )


@dataclass(frozen=True)
class VersionRow:
    item: uuid.UUID
    number: int
    content: dict[str, Any]
    digest: str

    @property
    def key(self) -> tuple[uuid.UUID, int]:
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
    if shape.name(content["id"]) != shape.name(entry["item"]):
        raise ValueError
    _check_texts(content)
    json.dumps(content, allow_nan=False)
    number = shape.number(entry["number"], MOST)
    return VersionRow(shape.name(entry["item"]), number, content, digest)


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


def apply(rows: list[VersionRow]) -> Count:
    """Add what is not here; raises ServiceError `item-conflict`. Needs a transaction."""
    count = Count()
    for start in range(0, len(rows), SOME):
        some = rows[start : start + SOME]
        known = _known(some)
        for row in some:
            here = known.get(row.key)
            if here and (here.content, here.digest) != (row.content, row.digest):
                raise ItemConflict(row.item, row.number)
        new = [row for row in some if row.key not in known]
        ItemVersion.objects.bulk_create(ItemVersion(**vars(row)) for row in new)
        count.added += len(new)
        count.unchanged += len(some) - len(new)
    return count


def _known(rows: list[VersionRow]) -> dict[tuple[uuid.UUID, int], ItemVersion]:
    found = ItemVersion.objects.filter(item__in={row.item for row in rows})
    return {(each.item, each.number): each for each in found}
