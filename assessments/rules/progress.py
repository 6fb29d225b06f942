"""What statements say about a learner's progress in a module.

`merge` is commutative and associative, so statements may come in any order and in any batches and
give the same progress. That each counts once is the log's part: it stores an id once, and the
reader's cursor passes it once.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assessments.rules.authority import by_server

Key = tuple[uuid.UUID, uuid.UUID]
# An answer may wait on a tablet for long, but a clock that says more than this is wrong.
OLDEST = timedelta(days=400)
STEP = Decimal("0.0001")
URN = "urn:uuid:"


class Elsewhere(Exception):
    """The statement is about something else than a module of this platform; another tool's, say."""


class Unreadable(Exception):
    """The statement does not say which module it belongs to, or what the score is."""


@dataclass(frozen=True)
class Summary:
    """What is known of one learner in one module; `score` is the best one, from -1 to 1."""

    first: datetime
    last: datetime
    passed: bool = False
    failed: bool = False
    score: Decimal | None = None
    lessons: frozenset[str] = frozenset()
    answers: int = 0

    @property
    def state(self) -> str:
        """Passed if any attempt passed; failed if any failed and none passed."""
        if self.passed:
            return "passed"
        return "failed" if self.failed else "in-progress"


def merge(one: Summary, other: Summary) -> Summary:
    """What two disjoint sets of statements say together."""
    scores = [score for score in (one.score, other.score) if score is not None]
    return Summary(
        first=min(one.first, other.first),
        last=max(one.last, other.last),
        passed=one.passed or other.passed,
        failed=one.failed or other.failed,
        score=max(scores, default=None),
        lessons=one.lessons | other.lessons,
        answers=one.answers + other.answers,
    )


def merge_into(summaries: dict[Key, Summary], found: Iterable[tuple[Key, Summary]]) -> None:
    """Add each of `found` to what `summaries` has of its learner and module."""
    for key, summary in found:
        known = summaries.get(key)
        summaries[key] = merge(known, summary) if known else summary


def read(
    *, verb: str, payload: dict[str, Any], timestamp: datetime, stored: datetime
) -> tuple[uuid.UUID, Summary]:
    """The module of one statement and what it says; raises Unreadable.

    Only a server's mark passes a module or fails it: whoever holds an officer's write token may say
    `passed` of anything (docs/decisions/0014). A pre-test, a post-test and practice that decides
    nothing (`scored`) change no state.
    """
    seen = plausible(timestamp, stored)
    decides = verb in ("passed", "failed") and by_server(payload)
    lesson = verb == "completed" and not is_assessment(payload)
    return module_of(payload), Summary(
        first=seen,
        last=seen,
        passed=decides and verb == "passed",
        failed=decides and verb == "failed",
        score=score_of(payload) if decides else None,
        lessons=frozenset({lesson_of(payload)}) if lesson else frozenset(),
        answers=1 if verb == "answered" else 0,
    )


def plausible(timestamp: datetime, stored: datetime) -> datetime:
    """When it happened; a clock that can't be right is replaced by the time of arrival."""
    return timestamp if stored - OLDEST <= timestamp <= stored else stored


def module_of(payload: dict[str, Any]) -> uuid.UUID:
    """contextActivities.grouping names the module first (docs/formats.md); raises Elsewhere."""
    try:
        grouping = payload["context"]["contextActivities"]["grouping"]
        name = (grouping if isinstance(grouping, dict) else grouping[0])["id"]
    except (KeyError, IndexError) as error:
        raise Elsewhere from error
    except TypeError as error:
        raise Unreadable("no module") from error
    if not name.startswith(URN):
        raise Elsewhere
    return _uuid(name)


def lesson_of(payload: dict[str, Any]) -> str:
    """A person or a sub-statement as object has no id, and is no lesson."""
    return str(_uuid(payload["object"].get("id", "")))


def is_assessment(payload: dict[str, Any]) -> bool:
    """A test without a key is `completed` when it is handed in; that is no lesson."""
    kind = payload["object"].get("definition", {}).get("type", "")
    return isinstance(kind, str) and kind.endswith("/assessment")


def score_of(payload: dict[str, Any]) -> Decimal | None:
    """result.score.scaled, to four places, or None where there is none."""
    scaled = payload.get("result", {}).get("score", {}).get("scaled")
    return None if scaled is None else Decimal(str(scaled)).quantize(STEP)


def _uuid(iri: str) -> uuid.UUID:
    try:
        if iri.startswith(URN):
            return uuid.UUID(iri.removeprefix(URN))
    except ValueError:
        pass
    raise Unreadable("not a urn:uuid")
