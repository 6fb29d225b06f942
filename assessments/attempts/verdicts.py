"""The server's mark as a statement of the log, and the end of what it overrules.

Two servers that mark the same attempt write the same statement under the same id, so the second is a
repeat of the first, whichever way the two logs meet.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from assessments.attempts.marking import Result
from assessments.attempts.said import EXTENSION, SERVER, URN, Said, by_server
from assessments.attempts.sitting import Sitting
from assessments.attempts.tests import Test
from assessments.attempts.voids import slices, voided
from assessments.models import Purpose, Scope, Statement
from assessments.statements import canonical, services
from assessments.statements.errors import Conflict
from assessments.statements.voiding import VOIDED
from assessments.xapi.clients import Client, person_account

ADL = "http://adlnet.gov/expapi/"
# Who stands as the source of what this server writes of its own.
SOURCE = uuid.UUID("4d9a7f0e-95a1-4b43-8a0f-6c1c6d2d7a55")
# How often a mark is written anew because something else stands under its id.
TRIES = 100


class _Server(Client):
    @property
    def authority(self) -> dict[str, Any]:
        account = {"homePage": settings.WAGTAILADMIN_BASE_URL, "name": SERVER}
        return {"objectType": "Agent", "account": account}


def _client() -> Client:
    return _Server(SOURCE, SOURCE, {}, frozenset({Scope.WRITE.value}), tablet=False)


@dataclass(frozen=True)
class Verdict:
    """`mark`: the statement without an id, or None where the tablet's own says the same.
    `others`: the claims and marks that say something else."""

    attempt: uuid.UUID
    mark: dict[str, Any] | None
    others: list[Said]


def verdict(sitting: Sitting, test: Test, result: Result) -> Verdict | None:
    """None while there is nothing to say."""
    closing = sitting.closing
    if closing is None:
        return None
    secret = not test.has_key
    if result.score is None or result.score.scaled is None:
        # A tablet can't know how a test without a key went.
        return Verdict(sitting.attempt, None, sitting.claims) if secret and sitting.claims else None
    verb = verb_of(test, result)
    same = [each for each in sitting.claims if not secret and _agrees(each, verb, result)]
    made = None if same else _mark(sitting, closing, test, result, verb)
    kept = {each.statement for each in same}
    claims = [each for each in sitting.claims if each.statement not in kept]
    return Verdict(sitting.attempt, made, [*claims, *sitting.marks])


def verb_of(test: Test, result: Result) -> str:
    decides = test.purpose == Purpose.GRADED or (test.has_key and test.decides)
    if not decides or result.score is None:
        return "scored"
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
    """The same wherever it is written: no server's name, and the time of what it voids."""
    account = {"homePage": settings.XAPI_HOME_PAGE, "name": SERVER}
    return {
        "timestamp": said.written,
        "actor": {"objectType": "Agent", "account": account},
        "verb": {"id": f"{ADL}verbs/{VOIDED}", "display": {"en": VOIDED}},
        "object": {"objectType": "StatementRef", "id": str(said.statement)},
    }


@dataclass(frozen=True)
class _Draft:
    """A statement that is to stand in the log, under an id made of its `words`."""

    seed: uuid.UUID
    words: str
    statement: dict[str, Any]

    def id(self, number: int) -> uuid.UUID:
        again = f" {number}" if number else ""
        return uuid.uuid5(self.seed, f"{self.words}{again}")

    def named(self, number: int) -> dict[str, Any]:
        return {"id": str(self.id(number)), **self.statement}


def write(verdicts: Iterable[Verdict]) -> dict[uuid.UUID, list[int]]:
    """Append what the log does not say yet; returns where it stands, by attempt.

    Needs a transaction that does little after it: from here on readers of the log wait for the commit.
    """
    wanted = list(verdicts)
    for last in (False, True):
        try:
            marks, standing = _missing(_marks(wanted))
            voids, _standing = _missing(_voids(wanted, standing))
            names = [
                uuid.UUID(name)
                for some in slices([*marks, *voids])
                for name in services.store(client=_client(), statements=some)
            ]
            return _places(names)
        except Conflict:
            # Somebody has just taken one of the ids: look again, once.
            if last:
                raise
    raise AssertionError


def _places(names: list[uuid.UUID]) -> dict[uuid.UUID, list[int]]:
    found: dict[uuid.UUID, list[int]] = {}
    for some in slices(names):
        rows = Statement.objects.filter(id__in=some, registration__isnull=False)
        for attempt, seq in rows.values_list("registration", "seq"):
            if attempt:
                found.setdefault(attempt, []).append(seq)
    return found


def _marks(verdicts: Iterable[Verdict]) -> list[_Draft]:
    return [
        _Draft(each.attempt, f"mark {canonical.text(each.mark)}", each.mark)
        for each in verdicts
        if each.mark
    ]


def _voids(verdicts: Iterable[Verdict], standing: set[uuid.UUID]) -> list[_Draft]:
    return [
        _Draft(said.statement, "void", _void(said))
        for each in verdicts
        for said in each.others
        if said.statement not in standing
    ]


def _missing(drafts: list[_Draft]) -> tuple[list[dict[str, Any]], set[uuid.UUID]]:
    """Those that the log lacks, each under its first id that is free; and the ids of those that stand.

    An id is not free where a server has overruled what stands there, or where somebody else has
    written something under it. What a person has voided stays void.
    """
    missing: list[dict[str, Any]] = []
    standing: set[uuid.UUID] = set()
    for number in range(TRIES):
        taken = _by_server(each.id(number) for each in drafts)
        overruled = voided(taken).overruled
        unsettled = []
        for each in drafts:
            name = each.id(number)
            if name not in taken:
                missing.append(each.named(number))
            elif not taken[name] or name in overruled:
                unsettled.append(each)
                continue
            standing.add(name)
        drafts = unsettled
        if not drafts:
            break
    return missing, standing


def _by_server(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bool]:
    """Which are in the log, and whether a server wrote them."""
    found: dict[uuid.UUID, bool] = {}
    for some in slices(list(ids)):
        rows = Statement.objects.filter(id__in=some).values_list("id", "payload")
        found |= {name: by_server(json.loads(payload)) for name, payload in rows}
    return found
