"""Steps in an order."""

from collections.abc import Mapping
from typing import Any

from assessments.rules.marking.marked import Marked, once, shared


def steps(item: Mapping[str, Any], response: list[str]) -> Marked:
    """`partial` counts the steps that stand in their right place."""
    order, given = item["key"]["order"], once(response)
    right = sum(one == other for one, other in zip(order, given, strict=False))
    scoring = item["key"].get("scoring", "all")
    if scoring != "partial" and len(given) > len(order):
        right = 0
    return shared(right, len(order), scoring)
