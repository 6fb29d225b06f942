"""The score of a test from the marks of its answers: each item weighs the same, whatever it is out of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.rules.marking import Marked

# Steps of a scaled score: four decimals.
STEPS = 10_000


@dataclass(frozen=True)
class Score:
    """`raw` of `max`, and `scaled`, both rounded half up to four decimals; None until every answer is marked."""

    raw: Decimal | None
    max: int
    scaled: Decimal | None
    passed: bool | None


def score(marks: Sequence[Marked | None], pass_mark: int) -> Score:
    """`marks`: one for each item that was asked; None is an answer that a person has yet to mark."""
    known = [mark for mark in marks if mark is not None]
    if len(known) < len(marks):
        return Score(None, len(marks), None, None)
    points, items = total(known), len(known)
    passed = items > 0 and points * 100 >= pass_mark * items
    return Score(rounded(points), items, rounded(points / max(1, items)), passed)


def total(marks: Iterable[Marked]) -> Fraction:
    return sum((Fraction(mark.points, mark.out_of) for mark in marks), Fraction(0))


def rounded(share: Fraction) -> Decimal:
    """Half up: 0.00005 is 0.0001."""
    steps = (2 * STEPS * share.numerator + share.denominator) // (2 * share.denominator)
    return Decimal(steps) / STEPS
