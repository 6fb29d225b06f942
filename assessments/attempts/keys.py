"""What is right: the key in the edition where it has one, else that of the item's version."""

import uuid
from collections.abc import Iterable
from typing import Any

from assessments.attempts.tests import Item, Test
from assessments.models import ItemVersion

Keys = dict[tuple[str, int], dict[str, Any]]


def find(tests: Iterable[Test]) -> Keys:
    """Of all items of these tests that come without one, by id and version; one query."""
    wanted = {
        (item, _version(content))
        for test in tests
        for item, content in test.items.items()
        if "key" not in content
    }
    if not wanted:
        return {}
    found = kept(uuid.UUID(item) for item, _number in wanted)
    return {name: found[name] for name in wanted if name in found}


def kept(items: Iterable[uuid.UUID]) -> Keys:
    """Every version of these items that is on this server, with its key; one query."""
    rows = ItemVersion.objects.filter(item__in=set(items))
    return {(str(row.item), row.number): row.content for row in rows}


def content(test: Test, item: str, keys: Keys) -> Item | None:
    """The item with its key; None where this server does not know it."""
    asked = test.items.get(item)
    if asked is None or "key" in asked:
        return asked
    return keys.get((item, _version(asked)))


def _version(item: Item) -> int:
    return int(item.get("version", 0))
