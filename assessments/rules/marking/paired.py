"""Things to match, and cards to sort into groups: both are pairs."""

from collections.abc import Mapping
from typing import Any

from assessments.rules.marking.marked import Marked, shared

BETWEEN = "[.]"


def sides(item: Mapping[str, Any], response: list[str]) -> Marked:
    return _pairs(item["key"]["pairs"], item["key"].get("scoring", "all"), response)


def cards(item: Mapping[str, Any], response: list[str]) -> Marked:
    return _pairs(item["key"]["groups"], item["key"].get("scoring", "all"), response)


def _pairs(key: Mapping[str, str], scoring: str, response: list[str]) -> Marked:
    """Whoever puts one thing into two places has not put it into the right one."""
    given: dict[str, set[str]] = {}
    for text in filter(None, response):
        given.setdefault(text.split(BETWEEN, 1)[0], set()).add(text)
    right = sum(given.get(one) == {f"{one}{BETWEEN}{other}"} for one, other in key.items())
    if scoring != "partial" and len(given) > len(key):
        right = 0
    return shared(right, len(key), scoring)
