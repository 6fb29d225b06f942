"""The items of attempts with their keys, each in the version that was asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from assessments.attempts import tests
from assessments.attempts.keys import kept
from assessments.models import Attempt

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
    without = [each for each in found if missing.intersection(asked(each))]
    for test in tests.find(map(tests.Named.by, without)).values():
        for item, content in test.items.items():
            known.setdefault((item, int(content.get("version", 0))), content)
    return known
