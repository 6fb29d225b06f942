"""What the marks of an answer come to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.models import Mark
from assessments.rules import moderation
from assessments.rules.moderation import Given, Outcome

# Attempt and item.
Answered = tuple[UUID, UUID]


@dataclass(frozen=True)
class Final:
    """What counts, and what the officer is told."""

    points: int
    out_of: int
    comment: str
    at: datetime


def marks_of(attempts: Iterable[UUID]) -> dict[Answered, list[Mark]]:
    """One query."""
    found: dict[Answered, list[Mark]] = defaultdict(list)
    for mark in Mark.objects.filter(attempt__in=list(attempts)).order_by("at", "pk"):
        found[mark.attempt, mark.item].append(mark)
    return found


def rubric_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    rubric: list[dict[str, Any]] = content.get("key", {}).get("rubric", [])
    return rubric


def outcome_of(
    content: Mapping[str, Any], marks: Iterable[Mark], *, second_marker: bool = False
) -> Outcome:
    """`content`: the version of the item that was asked, with its key."""
    given = {mark.role: Given(mark.levels, mark.points) for mark in marks}
    return moderation.outcome(
        rubric_of(content),
        given.get(Mark.Role.FIRST),
        given.get(Mark.Role.SECOND),
        given.get(Mark.Role.MODERATOR),
        second_wanted=second_marker,
    )


def final(
    content: Mapping[str, Any], marks: Iterable[Mark], *, second_marker: bool = False
) -> Final | None:
    """None while the answer waits for somebody. The comments of both markers reach the officer;
    a moderator's stands alone."""
    found = list(marks)
    points = outcome_of(content, found, second_marker=second_marker).points
    if points is None:
        return None
    decided = [mark for mark in found if mark.role == Mark.Role.MODERATOR] or found
    comments = [mark.comment for mark in decided if mark.comment]
    return Final(
        points=points,
        out_of=moderation.out_of(rubric_of(content)),
        comment="\n\n".join(comments),
        at=max(mark.at for mark in decided),
    )
