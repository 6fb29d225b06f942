"""Other stores that are fed from the log."""

from collections.abc import Sequence
from typing import IO, Protocol

from assessments.growth.records import as_line
from assessments.models import Cursor, Statement
from assessments.readers import after
from assessments.statements import log

BATCH = 10_000
# Of a batch: twice what so many usually have.
MOST_BYTES = 32_000_000


class StatementSink(Protocol):
    """Takes rows of the log in its order; `name`, at most 35 characters, is that of its cursor."""

    @property
    def name(self) -> str: ...

    def write(self, rows: Sequence[Statement]) -> None:
        """Returns when they are kept, and raises when that is not sure.

        A batch may come again, whole or in other pieces: what has the same id is the same statement.
        """


def feed(sink: StatementSink, most: int = BATCH) -> int:
    """Hand over what the log holds and the sink does not have; returns how many were handed over.

    The cursor moves after the sink has taken a batch, so one that is killed in between gets the
    batch again. No transaction is open while the sink writes: nobody waits for its network.
    """
    reader = f"sink:{sink.name}"
    Cursor.objects.get_or_create(reader=reader)
    handed = 0
    until = log.high_water()
    while rows := after(seq := _read(reader), until=until, most=most, most_bytes=MOST_BYTES):
        sink.write(rows)
        handed += len(rows)
        # Unless somebody else moved it meanwhile: then go on from there.
        Cursor.objects.filter(reader=reader, seq=seq).update(seq=rows[-1].seq)
    return handed


def _read(reader: str) -> int:
    return Cursor.objects.values_list("seq", flat=True).get(reader=reader)


def forget(sink: StatementSink) -> None:
    """Feed it from the beginning of the log next time."""
    Cursor.objects.filter(reader=f"sink:{sink.name}").update(seq=0)


class JsonLinesSink:
    """A line of JSON for each row, into a file or a pipe; its reader keeps one line for each id."""

    def __init__(self, file: IO[bytes], name: str = "lines") -> None:
        self.file = file
        self.name = name

    def write(self, rows: Sequence[Statement]) -> None:
        self.file.writelines(map(as_line, rows))
        self.file.flush()
