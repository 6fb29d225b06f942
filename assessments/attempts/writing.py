"""What this server says of its own: statements whose ids are made of their words, so that any two servers
that say the same write the same statement, and the second is a repeat of the first."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from assessments.attempts.voids import slices, voided
from assessments.models import Scope, Statement
from assessments.rules.authority import SERVER, by_server
from assessments.statements import services
from assessments.statements.errors import Conflict
from assessments.xapi.clients import Client

ADL = "http://adlnet.gov/expapi/"
# Who stands as the source of what this server writes of its own.
SOURCE = uuid.UUID("4d9a7f0e-95a1-4b43-8a0f-6c1c6d2d7a55")
# How often a statement is written anew because something else stands under its id.
TRIES = 100


class _Server(Client):
    @property
    def authority(self) -> dict[str, Any]:
        return _agent(settings.WAGTAILADMIN_BASE_URL)


def any_server() -> dict[str, Any]:
    """The actor of what every server would say alike: no server's name."""
    return _agent(settings.XAPI_HOME_PAGE)


def _agent(home: str) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": home, "name": SERVER}}


def _client() -> Client:
    return _Server(SOURCE, SOURCE, {}, frozenset({Scope.WRITE.value}), tablet=False)


@dataclass(frozen=True)
class Draft:
    """A statement that is to stand in the log, under an id made of its `words`."""

    seed: uuid.UUID
    words: str
    statement: dict[str, Any]

    def id(self, number: int) -> uuid.UUID:
        again = f" {number}" if number else ""
        return uuid.uuid5(self.seed, f"{self.words}{again}")

    def named(self, number: int) -> dict[str, Any]:
        return {"id": str(self.id(number)), **self.statement}


@dataclass(frozen=True)
class Written:
    """The ids of what was appended just now, and of all that stand in the log now."""

    new: list[uuid.UUID]
    standing: set[uuid.UUID]


def write(drafts: Sequence[Draft]) -> Written:
    """Append what the log does not say yet.

    Needs a transaction that does little after it: from here on readers of the log wait for the commit.
    """
    for last in (False, True):
        try:
            missing, standing = _missing(drafts)
            new = [
                uuid.UUID(name)
                for some in slices(missing)
                for name in services.store(client=_client(), statements=some)
            ]
            return Written(new, standing)
        except Conflict:
            # Somebody has just taken one of the ids: look again, once.
            if last:
                raise
    raise AssertionError


def _missing(drafts: Sequence[Draft]) -> tuple[list[dict[str, Any]], set[uuid.UUID]]:
    """Those that the log lacks, each under its first id that is free; and the ids of those that stand.

    An id is not free where a server has overruled what stands there, or where somebody else has
    written something under it. What a person has voided stays void.
    """
    missing: list[dict[str, Any]] = []
    standing: set[uuid.UUID] = set()
    for number in range(TRIES):
        if not drafts:
            break
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
    return missing, standing


def _by_server(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bool]:
    """Which are in the log, and whether a server wrote them."""
    found: dict[uuid.UUID, bool] = {}
    for some in slices(list(ids)):
        rows = Statement.objects.filter(id__in=some).values_list("id", "payload")
        found |= {name: by_server(json.loads(payload)) for name, payload in rows}
    return found
