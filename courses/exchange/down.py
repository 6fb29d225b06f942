"""What a site server takes down from the centre: people, cohorts, assignments, editions and keys of items.

The same whether it comes over a line (courses.exchange.upstream) or on a stick. How it is decided
who wins is in docs/decisions/0009-what-comes-down.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments.attempts import reader as attempts
from courses.exchange import cohorts, editions, items, people, shape
from courses.exchange.counts import Count
from courses.exchange.left import LeftOut, left_out
from courses.models import LastPull


@dataclass(frozen=True)
class Loaded:
    """What was done, counted by kind, and what was left as it is here."""

    people: Count
    cohorts: Count
    memberships: Count
    assignments: Count
    editions: Count
    items: Count
    files: Count
    left: list[LeftOut]

    def as_lines(self) -> Iterator[str]:
        for kind, count in vars(self).items():
            if isinstance(count, Count):
                yield f"{kind}: {count.as_text()}"


def dump() -> dict[str, Any]:
    """Everything that a site needs, JSON-able, always in the same order; no bytes of files.

    It holds password hashes and the keys of tests: it goes only to a credential with the scope "roster", over TLS, or
    into an encrypted file, and never into a log. There is no administrator in it.
    """
    persons = people.dumped()
    # Somebody may change the tables meanwhile: what is named must be in it all the same.
    groups = cohorts.dumped_cohorts({each["id"] for each in persons})
    offered = editions.dumped()
    return {
        "format": editions.newest_format(offered),
        "people": persons,
        "cohorts": groups,
        "assignments": cohorts.dumped_assignments({each["id"] for each in groups}),
        "editions": offered,
        "items": items.dumped(),
    }


def files(data: dict[str, Any]) -> list[tuple[str, str, int]]:
    """(SHA-256, extension, size in bytes) of every file of the editions, each once.

    Raises ServiceError `damaged-data` or `unknown-format`.
    """
    shape.check_format(data)
    wanted = editions.files(editions.read(data))
    return [(each.sha256, each.extension, each.size) for each in wanted]


def load(data: dict[str, Any], fetch: Callable[[str, str], bytes]) -> Loaded:
    """Make this server say what `data`, a dump of the centre, says; again and again with one result.

    `fetch(sha256, extension)` gives the bytes of a file that is not here yet. All is checked
    before anything is done, files are kept before rows name them, and the rows are one transaction.
    A module whose tests could not be marked rightly here is left, and named in what comes back.
    Raises ServiceError: `damaged-data`, `damaged-file`, `unknown-format`, `name-taken`.
    """
    shape.check_format(data)
    roster = shape.roster(data)
    offered = editions.read(data)
    versions = items.read(data)
    brought = editions.bring(editions.files(offered), fetch)
    with transaction.atomic():
        LastPull.objects.all().delete()
        left = left_out(offered, items.wrong(versions))
        loaded = Loaded(
            people=people.apply(roster.people),
            cohorts=cohorts.apply_cohorts(roster.cohorts),
            memberships=cohorts.apply_memberships(roster.cohorts),
            assignments=cohorts.apply_assignments(roster.assignments),
            editions=editions.apply(offered, left),
            items=items.apply(versions),
            files=brought,
            left=list(left.values()),
        )
    # Answers may have been here before the keys.
    attempts.remake_unmarked()
    return loaded
