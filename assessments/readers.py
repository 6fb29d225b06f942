"""Readers of the statement log: each keeps a cursor on `seq` and never skips a row that commits late.

The cursor moves in the same transaction as what the reader makes of the statements, behind a lock
on its own row, so each statement counts once, whoever reads and however often it is interrupted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Subquery

from assessments.models import Cursor, Statement
from assessments.statements import log, weights

BATCH = 1000
# Of a batch; one statement may have as many.
MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Reader:
    """`fold` takes the next statements in the order of the log."""

    name: str
    fold: Callable[[list[Statement], Cursor], None]

    def catch_up(self) -> None:
        """Read what the log holds and the reader does not know yet; one query when there is nothing."""
        while self.behind():
            with transaction.atomic():
                cursor = locked_cursor(self.name)
                rows = after(cursor.seq, until=log.high_water(), most=BATCH, most_bytes=MOST_BYTES)
                if rows:
                    self.fold(rows, cursor)
                    cursor.seq = rows[-1].seq
                    cursor.save()

    def behind(self) -> bool:
        return lag(self.name) > 0


def after(seq: int, *, until: int, most: int, most_bytes: int) -> list[Statement]:
    """The next ones, `most` of them or as many as weigh no more than `most_bytes`, but one at least."""
    found = Statement.objects.filter(seq__gt=seq, seq__lte=until).order_by("seq")
    return weights.first(found, most, most_bytes)


def lag(name: str) -> int:
    """How many places of the log the reader has still to pass; one query once it has a cursor."""
    newest = Statement.objects.order_by("-seq").values("seq")[:1]
    cursor = Cursor.objects.filter(reader=name).values_list("seq", Subquery(newest)).first()
    if cursor is None:
        return log.newest()
    read, last = cursor
    return max(0, (last or 0) - read)


def locked_cursor(name: str) -> Cursor:
    """Nobody else moves it before this transaction ends."""
    return Cursor.objects.select_for_update().get_or_create(reader=name)[0]
