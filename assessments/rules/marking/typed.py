"""Gaps in a text, and short answers: one of several accepted spellings."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.rules.marking.marked import Marked, shared
from assessments.rules.text import normal_text


def gaps(item: Mapping[str, Any], response: list[str]) -> Marked:
    ids = [part["gap"] for part in item["parts"] if "gap" in part]
    given = response if len(response) <= len(ids) else []
    accepted = item["key"]["accepted"]
    right = sum(
        _accepted(text, accepted.get(gap, [])) for gap, text in zip(ids, given, strict=False)
    )
    return shared(right, len(ids), item["key"].get("scoring", "all"))


def short(item: Mapping[str, Any], response: list[str]) -> Marked:
    right = len(response) == 1 and _accepted(response[0], item["key"]["accepted"])
    return Marked(int(right), 1)


def _accepted(text: str, spellings: Sequence[str]) -> bool:
    said = normal_text(text)
    return said != "" and any(normal_text(spelling) == said for spelling in spellings)
