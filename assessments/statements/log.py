"""The order of the log: what lets a reader keep a cursor and never skip a row.

A row gets its `seq` when it is inserted and is seen when its transaction commits, so a reader could
see 8 while 7 is still under way, move its cursor past both, and never read 7.

- PostgreSQL: a writer holds an advisory lock, shared with other writers, from before its insert
  to its commit. A reader takes the same lock alone for the moment in which it reads the
  highest `seq`: then no insert is under way, and nothing can appear at or below that mark later.
- SQLite: transactions are IMMEDIATE, so there is one writer at a time and rows appear in order.

docs/decisions/0002-late-commits.md says what else was considered.
"""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from assessments.models import Statement

# One number for the whole database; "statement" in ASCII, cut to eight bytes.
KEY = int.from_bytes(b"statemen", "big")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def hold_open() -> None:
    """Say that this transaction is about to append; lasts until it commits or rolls back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [KEY])


def newest() -> int:
    """The highest `seq` now; on PostgreSQL it may run ahead of rows still under way."""
    return Statement.objects.aggregate(newest=Max("seq"))["newest"] or 0


def high_water() -> int:
    """The highest `seq` below which nothing will ever appear; waits for writers under way.

    The isolation level must be READ COMMITTED, Django's default: the look must see what was
    committed while it waited.
    """
    with _alone():
        return newest()


def consistent_through() -> datetime:
    """A moment before which everything that is or will be `stored` can be seen now.

    `stored` is taken before the commit, so "now" would be a promise too much while somebody writes.
    """
    if connection.vendor == "postgresql":
        with _alone():
            return timezone.now()
    if connection.in_atomic_block:
        return timezone.now()
    with no_waiting(), contextlib.suppress(OperationalError), transaction.atomic():
        return timezone.now()
    # Somebody writes: what they store comes after all that can be seen (one writer at a time).
    return Statement.objects.aggregate(newest=Max("stored"))["newest"] or EPOCH


@contextmanager
def _alone() -> Iterator[None]:
    """On PostgreSQL with no writer under way. The lock is given back at once, not at the end of the
    caller's transaction, also when the look fails: it goes with the savepoint."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
        yield
        transaction.set_rollback(True)


@contextmanager
def no_waiting() -> Iterator[None]:
    """On SQLite: whoever finds the database locked is told at once, not after 20 seconds."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual:d}")
