"""Finding statements (xAPI 1.0.3, part three, 2.1.3)."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from assessments.index import INDEX
from assessments.models import Mention, Statement
from assessments.statements import weights
from assessments.statements.voiding import VOIDED, voided_among

# Requests under way at once may enter the log in another order than their times: by fewer places than this.
SLACK = 10_000
# So many places of the index are looked at, at least, to fill a page.
LOOK = 200
# How far the places of the keys of one query are counted, to tell which of them has the fewest.
COUNTED = (1_000, 10_000)
# So many keys are looked up in one query; SQLite takes up to 500.
KEYS = 100
Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Query:
    """`keys` are of assessments.rules.mentions; a statement must have all of them.

    `actor` is the key of the only one whose statements may be found; with it there is a key, too.
    `after` is the `seq` of the last statement of the page before; `limit` counts statements.
    """

    keys: frozenset[int] = frozenset()
    actor: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    limit: int = 100
    after: int | None = None


@dataclass(frozen=True)
class Page:
    """In the order in which they were stored, or the reverse; `more` when there are others.

    Fewer than were asked for, though not none, where they would weigh too much.
    """

    rows: list[Statement]
    more: bool


def find(query: Query) -> Page:
    """One page of the statements that are not void.

    Walks along the log, or along the places of one key, until the page is full: the cost is that
    of the page, not of the log. What is void is asked for the rows of a step: as a condition of
    the query PostgreSQL would look through the whole log for it.
    """
    keys: list[int] = []
    if query.keys:
        INDEX.catch_up()
        keys = _rarest_first(query.keys)
    found: list[Statement] = []
    after = query.after
    while len(found) <= query.limit:
        last, rows = _step(query, keys, after)
        if last is None:
            break
        after = last
        void = voided_among(row.id for row in rows if row.verb != VOIDED)
        found += [row for row in rows if row.id not in void]
    rows = weights.filled(found[: query.limit], weights.MOST)
    return Page(rows, len(found) > len(rows))


def newest(key: int, most: int) -> list[Statement]:
    """The newest statements with this key, void ones left out, as many as one page holds."""
    return find(Query(keys=frozenset({key}), limit=most)).rows


def newest_of_each(keys: Collection[int], each: int, most: int) -> list[Statement]:
    """The newest statements with any of these keys, the newest first, void ones left out.

    `each` of a key and `most` of all, as many as one page holds: where that is less, none of them
    is a key's second newest before every key has its newest.
    """
    INDEX.catch_up()
    ranks: dict[int, int] = {}
    for some in _slices(sorted(keys), KEYS):
        for rank, seq in _newest_places(some, each):
            ranks[seq] = min(rank, ranks.get(seq, rank))
    chosen = sorted(ranks, key=lambda seq: (ranks[seq], -seq))[:most]
    found = Statement.objects.defer("payload").in_bulk(chosen)
    void = voided_among(row.id for row in found.values() if row.verb != VOIDED)
    rows = [row for seq in chosen if (row := found[seq]).id not in void]
    return sorted(weights.filled(rows, weights.MOST), key=lambda row: -row.seq)


def _newest_places(keys: list[int], most: int) -> Iterator[tuple[int, int]]:
    """(rank, seq) of each of the keys, in one query: the newest has rank 0."""
    table = Mention._meta.db_table
    one = f"SELECT key, seq FROM {table} WHERE key = %s ORDER BY seq DESC LIMIT {most}"  # noqa: S608
    query = " UNION ALL ".join([f"SELECT * FROM ({one}) AS places"] * len(keys))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, keys)
        places = sorted(cursor.fetchall(), reverse=True)
    for _key, same in groupby(places, key=itemgetter(0)):
        yield from enumerate(seq for _key, seq in same)


def _slices(values: list[int], size: int) -> Iterator[list[int]]:
    for first in range(0, len(values), size):
        yield values[first : first + size]


def _rarest_first(keys: Collection[int]) -> list[int]:
    """The places of the first are walked along and looked up among those of the others: from an
    officer to the verb, not from the answers of everybody to the officer."""
    ordered = sorted(keys)
    for most in COUNTED if len(keys) > 1 else ():
        counts = {key: Mention.objects.filter(key=key)[:most].count() for key in ordered}
        ordered.sort(key=counts.__getitem__)
        if counts[ordered[0]] < most:
            break
    return ordered


def _step(query: Query, keys: list[int], after: int | None) -> tuple[int | None, list[Statement]]:
    """The last place looked at, None at the end, and the rows of it that may be asked for."""
    look = max(LOOK, query.limit + 1) if keys else query.limit + 1
    if not keys:
        rows = list(_ordered(_all(query, after), query)[:look])
        return (rows[-1].seq if rows else None), rows
    places = list(_ordered(_places(query, keys, after), query).values_list("seq", flat=True)[:look])
    if not places:
        return None, []
    return places[-1], list(_ordered(_statements(query).filter(seq__in=places), query))


def _places(query: Query, keys: list[int], after: int | None) -> QuerySet[Mention]:
    first, *others = keys
    places = Mention.objects.filter(key=first)
    for other in others:
        places = places.filter(Exists(Mention.objects.filter(key=other, seq=OuterRef("seq"))))
    return _beyond(_within(places, query), query, after)


def _within(rows: Rows, query: Query) -> Rows:
    """Between the places where the time asked for begins and ends in the log, and some more."""
    if query.since:
        later = Statement.objects.filter(stored__gt=query.since).order_by("stored")
        first = later.values_list("seq", flat=True).first()
        rows = rows.none() if first is None else rows.filter(seq__gt=first - SLACK)
    if query.until:
        earlier = Statement.objects.filter(stored__lte=query.until).order_by("-stored")
        last = earlier.values_list("seq", flat=True).first()
        rows = rows.none() if last is None else rows.filter(seq__lt=last + SLACK)
    return rows


def _statements(query: Query) -> QuerySet[Statement]:
    rows = Statement.objects.defer("payload")
    if query.actor:
        rows = rows.filter(actor=query.actor)
    if query.since:
        rows = rows.filter(stored__gt=query.since)
    if query.until:
        rows = rows.filter(stored__lte=query.until)
    return rows


def _all(query: Query, after: int | None) -> QuerySet[Statement]:
    return _beyond(_within(_statements(query), query), query, after)


def _beyond(rows: Rows, query: Query, after: int | None) -> Rows:
    if after is None:
        return rows
    return rows.filter(seq__gt=after) if query.ascending else rows.filter(seq__lt=after)


def _ordered(rows: Rows, query: Query) -> Rows:
    return rows.order_by("seq" if query.ascending else "-seq")
