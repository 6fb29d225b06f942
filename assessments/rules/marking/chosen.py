"""Choices, and spots on a picture."""

from collections.abc import Mapping
from typing import Any

from assessments.rules.marking.marked import Marked, once, shared


def one(item: Mapping[str, Any], response: list[str]) -> Marked:
    chosen = once(response)
    return Marked(int(len(chosen) == 1 and chosen[0] in item["key"]["right"]), 1)


def several(item: Mapping[str, Any], response: list[str]) -> Marked:
    """`partial` counts the right ones that were chosen; `penalty` takes the wrong ones off."""
    chosen, right = set(once(response)), set(item["key"]["right"])
    hits, misses = len(chosen & right), len(chosen - right)
    scoring = item["key"].get("scoring", "all")
    if scoring == "penalty":
        return shared(max(0, hits - misses), len(right), "partial")
    if scoring != "partial" and misses:
        hits = 0
    return shared(hits, len(right), scoring)
