"""The server's mark as a statement of the log, and the end of what it overrules.

Two servers that mark the same attempt write the same statement under the same id, so the second is a
repeat of the first, whichever way the two logs meet.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.attempts import writing
from assessments.attempts.marking import Result
from assessments.attempts.said import EXTENSION, URN, Said
from assessments.attempts.sitting import Sitting
from assessments.attempts.tests import Test
from assessments.attempts.voids import slices
from assessments.attempts.writing import ADL, Draft
from assessments.models import Purpose, Statement
from assessments.statements import canonical
from assessments.statements.voiding import VOIDED
from assessments.xapi.clients import person_account

SCORED = "scored"


@dataclass(frozen=True)
class Verdict:
    """`mark`: the statement without an id, or None where there is nothing to say.
    `others`: the claims and marks that say something else."""

    attempt: uuid.UUID
    mark: dict[str, Any] | None
    others: list[Said]


def verdict(sitting: Sitting, test: Test, result: Result) -> Verdict:
    """A module is passed by a server's mark only, so what decides is marked also where the tablet was
    right, and its claim stands beside the mark. Where nothing is decided its word is enough."""
    mark, others = None, list(sitting.groundless)
    closing, score = sitting.closing, result.score
    if closing and score and score.scaled is not None:
        verb = verb_of(test, result)
        right = [each for each in sitting.claims if test.has_key and _agrees(each, verb, result)]
        if verb != SCORED or not right:
            mark = _mark(sitting, closing, test, result, verb)
        others += [each for each in [*sitting.claims, *sitting.marks] if each not in right]
    elif closing and not test.has_key:
        # A tablet can't know how a test without a key went.
        others += sitting.claims
    return Verdict(sitting.attempt, mark, others)


def verb_of(test: Test, result: Result) -> str:
    decides = test.purpose == Purpose.GRADED or (test.has_key and test.decides)
    if not decides or result.score is None:
        return SCORED
    return "passed" if result.score.passed else "failed"


def _agrees(claim: Said, verb: str, result: Result) -> bool:
    return claim.verb == verb and result.score is not None and claim.score == result.score.scaled


def _mark(sitting: Sitting, closing: Said, test: Test, result: Result, verb: str) -> dict[str, Any]:
    named = sitting.named
    statement = {
        "timestamp": closing.written,
        "actor": {"objectType": "Agent", "account": person_account(sitting.officer)},
        "verb": {"id": f"{ADL}verbs/{verb}", "display": {"en": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{URN}{named.test}",
            "definition": {"type": f"{ADL}activities/assessment"},
        },
        "result": _result(test, result),
        "context": {
            "registration": str(sitting.attempt),
            "contextActivities": {"grouping": [{"id": f"{URN}{named.module}"}]},
            "extensions": {
                f"{EXTENSION}edition": {"language": named.language, "version": named.version},
                f"{EXTENSION}marked": {"by": "server", "answers": _answers(result)},
            },
        },
    }
    # As it comes back from another server: 1.0 and 1 are one number.
    again: dict[str, Any] = json.loads(json.dumps(statement), parse_float=canonical.number)
    return again


def _result(test: Test, result: Result) -> dict[str, Any]:
    score = result.score
    assert score is not None and score.scaled is not None and score.raw is not None
    said: dict[str, Any] = {
        "completion": True,
        "score": {
            "scaled": float(score.scaled),
            "raw": float(score.raw),
            "min": 0,
            "max": score.max,
        },
    }
    paired = test.purpose in (Purpose.PRE, Purpose.POST)
    return said if paired else said | {"success": bool(score.passed)}


def _answers(result: Result) -> list[dict[str, Any]]:
    """In the order asked; `marked` is when a person last marked it."""
    answers = []
    for item in result.asked:
        marked, given = result.marks[item], result.hands.get(item)
        assert marked is not None
        answers.append(
            {"item": item, "points": marked.points, "out_of": marked.out_of, "comment": given.comment if given else ""}
            | ({"marked": given.at.isoformat()} if given else {})
        )  # fmt: skip
    return answers


def _void(said: Said) -> dict[str, Any]:
    """The same wherever it is written: the time is that of what it voids."""
    return {
        "timestamp": said.written,
        "actor": writing.any_server(),
        "verb": {"id": f"{ADL}verbs/{VOIDED}", "display": {"en": VOIDED}},
        "object": {"objectType": "StatementRef", "id": str(said.statement)},
    }


def write(verdicts: Iterable[Verdict]) -> dict[uuid.UUID, list[int]]:
    """Append what the log does not say yet (as writing.write); returns where it stands, by attempt."""
    wanted = list(verdicts)
    marks = writing.write(_marks(wanted))
    voids = writing.write(_voids(wanted, marks.standing))
    return _places([*marks.new, *voids.new])


def _places(names: list[uuid.UUID]) -> dict[uuid.UUID, list[int]]:
    found: dict[uuid.UUID, list[int]] = {}
    for some in slices(names):
        rows = Statement.objects.filter(id__in=some, registration__isnull=False)
        for attempt, seq in rows.values_list("registration", "seq"):
            if attempt:
                found.setdefault(attempt, []).append(seq)
    return found


def _marks(verdicts: Iterable[Verdict]) -> list[Draft]:
    return [
        Draft(each.attempt, f"mark {canonical.text(each.mark)}", each.mark)
        for each in verdicts
        if each.mark
    ]


def _voids(verdicts: Iterable[Verdict], standing: set[uuid.UUID]) -> list[Draft]:
    return [
        Draft(said.statement, "void", _void(said))
        for each in verdicts
        for said in each.others
        if said.statement not in standing
    ]
