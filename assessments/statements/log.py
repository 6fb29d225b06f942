"""The order of the log: what lets a reader keep a cursor and never skip a row.

A row gets its `seq` when it is inserted and is seen when its transaction commits, so a reader could
see 8 while 7 is still under way, move its cursor past both, and never read 7.

- PostgreSQL: a writer holds an advisory lock, shared with other writers, from before its insert
  to its commit. A reader takes the same lock alone for the moment in which it reads the
  highest `seq`: then no insert is under way, and nothing can appear at or below that mark later.
- SQLite: transactions are IMMEDIATE, so there is one writer at a time and rows appear in order.

docs/decisions/0002-late-commits.md says what else was considered.
"""

from django.db import connection
from django.db.models import Max

from assessments.models import Statement

# One number for the whole database; "statement" in ASCII, cut to eight bytes.
KEY = int.from_bytes(b"statemen", "big")


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

    The lock is given back at once, not at the end of the transaction, so that writers wait for
    this one look only. The isolation level must be READ COMMITTED, Django's default: the look
    must see what was committed while it waited.
    """
    if connection.vendor != "postgresql":
        return newest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        try:
            return newest()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
