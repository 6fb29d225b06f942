"""When a question can be answered and learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

KINDS = ("single", "multiple", "truefalse")


class Problem(Enum):
    TWO_CHOICES = auto()
    AT_LEAST_TWO = auto()
    ONE_RIGHT = auto()
    SOME_RIGHT_SOME_WRONG = auto()
    TEXT_MISSING = auto()
    FEEDBACK_MISSING = auto()


@dataclass(frozen=True)
class Choice:
    text: str
    correct: bool
    feedback: str


def problems(kind: str, choices: Sequence[Choice]) -> list[Problem]:
    """What is wrong with a question of one of KINDS; empty when it is right."""
    found = _count_problems(kind, choices)
    if any(not choice.text.strip() for choice in choices):
        found.append(Problem.TEXT_MISSING)
    if any(not choice.feedback.strip() for choice in choices):
        found.append(Problem.FEEDBACK_MISSING)
    return found


def _count_problems(kind: str, choices: Sequence[Choice]) -> list[Problem]:
    right = sum(choice.correct for choice in choices)
    if kind == "truefalse" and len(choices) != 2:
        return [Problem.TWO_CHOICES]
    if len(choices) < 2:
        return [Problem.AT_LEAST_TWO]
    if kind in ("single", "truefalse") and right != 1:
        return [Problem.ONE_RIGHT]
    if kind == "multiple" and right in (0, len(choices)):
        return [Problem.SOME_RIGHT_SOME_WRONG]
    return []
