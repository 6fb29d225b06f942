"""What was said of one attempt, put together.

The order in which it came plays no part, but for whose attempt it is where two officers have written to it.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.attempts.said import Said, clean
from assessments.attempts.tests import Named
from assessments.models import Purpose


@dataclass(frozen=True)
class Voided:
    """Statements that are void, and those that only a server has voided because its mark is another one.

    What a server overrules is no progress any more, but the attempt was handed in all the same.
    """

    void: frozenset[uuid.UUID]
    overruled: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Sitting:
    """One officer's attempt. `said` is all that the tablet said, void or not: the chain has it all."""

    attempt: uuid.UUID
    officer: uuid.UUID
    said: list[Said]
    begun: Said | None
    closing: Said | None
    # The answer that counts, by item; and every one that is not void.
    answers: Mapping[uuid.UUID, Said]
    given: list[Said]
    # What the tablet says of its own mark, and what servers say, where that still stands.
    claims: list[Said]
    marks: list[Said]
    # Marks that still stand and should not: about somebody else, of before it was known whose attempt it
    # is, or of a handing in that a person has taken back.
    groundless: list[Said]
    strangers: bool
    # Where in the log all of it stands, void or not.
    places: list[int]

    @property
    def void(self) -> bool:
        """All that its officer said was taken back."""
        return bool(self.said) and not (self.begun or self.given or self.closing)

    @property
    def head(self) -> Said:
        """The statement that says which test and edition it is."""
        return self.begun or min(self.said or self.marks, key=lambda each: each.order)

    @property
    def named(self) -> Named:
        head = self.head
        return Named(head.module, head.language, head.version, head.test)

    @property
    def plan(self) -> Mapping[str, Any]:
        return (self.begun.plan if self.begun else None) or {}

    @property
    def purpose(self) -> str:
        said = self.plan.get("purpose")
        return said if said in Purpose.values else ""

    @property
    def form(self) -> str:
        said = self.plan.get("form")
        return said if said in ("A", "B") else ""

    @property
    def assignment(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(str(self.plan.get("assignment")))
        except ValueError:
            return None

    @property
    def limit(self) -> int:
        said = self.plan.get("limit")
        return said if type(said) is int and 0 <= said < 2**31 else 0

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The items as the tablet says that it showed them, well formed."""
        items = self.plan.get("items")
        found = map(_shown, items if isinstance(items, list) else [])
        return [each for each in found if each]


def _shown(entry: Any) -> dict[str, Any] | None:
    if not isinstance(entry, dict):
        return None
    order, version = entry.get("order"), entry.get("version")
    try:
        item = str(uuid.UUID(str(entry.get("item"))))
    except ValueError:
        return None
    return {
        "item": item,
        "version": version if type(version) is int and 0 <= version < 2**31 else 0,
        "order": [clean(each) for each in order if isinstance(each, str)]
        if isinstance(order, list)
        else [],
    }


def put_together(said: Iterable[Said], voided: Voided) -> Sitting | None:
    """None of nothing, or of nothing but marks of other servers that are void."""
    found = sorted(said, key=lambda each: each.order)
    if not found:
        return None
    counting = [each for each in found if each.statement not in voided.void]
    ours = [each for each in counting if each.marked is None]
    told = [each for each in found if each.marked is None]
    marked = [each for each in counting if each.marked is not None and _stands(each, voided)]
    officer = _officer(ours or told or marked or found)
    mine = [each for each in ours if each.officer == officer]
    given = [each for each in mine if each.verb == "answered"]
    closings = [each for each in mine if each.closes]
    own = [each for each in told if each.officer == officer]
    taken_back = any(each.closes for each in own) and not closings
    marks = [each for each in marked if each.officer == officer and not taken_back]
    if not own and not marks:
        return None
    return Sitting(
        attempt=found[0].attempt,
        officer=officer,
        said=own,
        begun=next((each for each in mine if each.verb == "initialized"), None),
        closing=closings[-1] if closings else None,
        answers={each.about: each for each in given},
        given=given,
        claims=[each for each in closings if _stands(each, voided) and each.verb != "completed"],
        marks=marks,
        groundless=[each for each in marked if each not in marks],
        strangers=len(mine) < len(ours),
        places=sorted(each.seq for each in found),
    )


def _stands(said: Said, voided: Voided) -> bool:
    return said.statement not in voided.overruled


def _officer(said: list[Said]) -> uuid.UUID:
    """Of those who began it, or of all while that has not come, the one of whom this server heard first.

    Not by any clock of theirs: whoever comes later can't have the attempt by saying that they were earlier.
    """
    begun = {each.officer for each in said if each.verb == "initialized"}
    heard = [each for each in said if not begun or each.officer in begun]
    return min(heard, key=lambda each: each.seq).officer
