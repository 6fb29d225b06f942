"""Which of two forms an officer gets: half of them A before and B after, half the other way round."""

from typing import Literal

from assessments.rules.hashing import sha256

Form = Literal["A", "B"]
Sitting = Literal["pre", "post"]


def form(officer: str, assignment: str, sitting: Sitting) -> Form:
    """`assignment` is the module's id where there is no assignment."""
    even = int(sha256(f"{officer}\n{assignment}")[:2], 16) % 2 == 0
    return "A" if even == (sitting == "pre") else "B"
