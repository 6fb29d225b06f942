"""Which learning objectives an officer has mastered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.rules.marking import Marked
from assessments.rules.scoring import total


@dataclass(frozen=True)
class Mastery:
    """`points` of `out_of` is the share of the objective's `items` that is right, in lowest terms."""

    points: int
    out_of: int
    items: int
    mastered: bool

    @property
    def share(self) -> Fraction:
        return Fraction(self.points, self.out_of)


def mastery(
    marks: Mapping[str, Sequence[Marked | None]], threshold: int = 80
) -> dict[str, Mastery]:
    """By objective; what a person has yet to mark counts nothing so far, and nothing is mastered with it."""
    return {objective: _of(given, threshold) for objective, given in marks.items()}


def _of(marks: Sequence[Marked | None], threshold: int) -> Mastery:
    known = [mark for mark in marks if mark is not None]
    share = total(known) / max(1, len(marks))
    complete = bool(marks) and len(known) == len(marks)
    mastered = complete and share * 100 >= threshold
    return Mastery(share.numerator, share.denominator, len(marks), mastered)
