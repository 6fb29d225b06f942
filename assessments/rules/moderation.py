"""What a long answer is worth after one, two or three people have marked it.

The final points are the moderator's; else the mean of the first and the second marker, rounded half
up, where they are in no criterion more than one level apart; else, where no second marker is wanted
and none has marked, the first one's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Rubric = Sequence[Mapping[str, Any]]
# {criterion id: level id}
Levels = Mapping[str, str]


class Waits(StrEnum):
    """Whom an answer waits for."""

    FIRST = "first"
    SECOND = "second"
    MODERATOR = "moderator"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Given:
    levels: Levels
    points: int


@dataclass(frozen=True)
class Outcome:
    """`points` are None while it waits for somebody."""

    waits: Waits
    points: int | None = None


def outcome(
    rubric: Rubric,
    first: Given | None,
    second: Given | None = None,
    moderator: Given | None = None,
    *,
    second_wanted: bool = False,
) -> Outcome:
    if moderator:
        return Outcome(Waits.NOBODY, moderator.points)
    if first is None:
        return Outcome(Waits.FIRST)
    if second is None:
        return Outcome(Waits.SECOND) if second_wanted else Outcome(Waits.NOBODY, first.points)
    if differ(rubric, first.levels, second.levels):
        return Outcome(Waits.MODERATOR)
    return Outcome(Waits.NOBODY, (first.points + second.points + 1) // 2)


def differ(rubric: Rubric, one: Levels, other: Levels) -> bool:
    """Whether two markers are more than one level apart in any criterion."""
    return any(abs(_place(criterion, one) - _place(criterion, other)) > 1 for criterion in rubric)


def missing(rubric: Rubric, levels: Levels) -> list[str]:
    """The criteria, by id, for which no level of theirs is chosen."""
    return [each["id"] for each in rubric if _chosen(each, levels) is None]


def points(rubric: Rubric, levels: Levels) -> int:
    """A criterion without a level counts nothing."""
    chosen = [_chosen(each, levels) for each in rubric]
    return sum(int(level["points"]) for level in chosen if level)


def out_of(rubric: Rubric) -> int:
    """The best level of each criterion; never 0, which no answer can be marked out of."""
    best = (max((int(level["points"]) for level in each["levels"]), default=0) for each in rubric)
    return max(sum(best), 1)


def _chosen(criterion: Mapping[str, Any], levels: Levels) -> Mapping[str, Any] | None:
    wanted = levels.get(criterion["id"])
    return next((level for level in criterion["levels"] if level["id"] == wanted), None)


def _place(criterion: Mapping[str, Any], levels: Levels) -> int:
    """Which of the levels it is, from the fewest points to the most."""
    ordered = sorted(criterion["levels"], key=lambda level: int(level["points"]))
    ids = [level["id"] for level in ordered]
    return ids.index(levels[criterion["id"]]) if levels.get(criterion["id"]) in ids else 0
