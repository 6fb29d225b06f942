"""Long answers, which a person marks on a rubric."""

from collections.abc import Mapping
from typing import Any

from assessments.rules.marking.marked import Marked
from assessments.rules.text import normal_text


def long(item: Mapping[str, Any], response: list[str]) -> Marked | None:
    """None, for a person to mark, unless it is blank."""
    if any(normal_text(text) for text in response):
        return None
    return Marked(0, most(item))


def most(item: Mapping[str, Any]) -> int:
    """The points of an answer that is at the best level of every criterion."""
    rubric = item["key"].get("rubric", [])
    best = (max((level["points"] for level in each["levels"]), default=0) for each in rubric)
    return max(1, sum(best))
