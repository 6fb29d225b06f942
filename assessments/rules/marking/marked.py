"""What an answer got."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """0 ≤ points ≤ out_of, and out_of ≥ 1."""

    points: int
    out_of: int


def shared(right: int, whole: int, scoring: str) -> Marked:
    """`right` parts of `whole`: a point each, or one point for all of them."""
    if scoring == "partial":
        return Marked(right, max(1, whole))
    return Marked(int(right == whole > 0), 1)


def once(texts: list[str]) -> list[str]:
    """Each once, as a finger that taps twice means it once; blank ones are nothing."""
    return [text for text in dict.fromkeys(texts) if text]
