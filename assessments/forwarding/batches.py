"""What goes to the next server in one request."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessments import readers
from assessments.models import Statement
from assessments.statements import attachments, canonical, multipart
from assessments.xapi.versions import V1, V2

MOST = 200
# Before gzip, with attachments; the next server takes no more than 5 MB. A single statement may be larger.
MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Outgoing:
    """A statement of the log and how it is sent."""

    row: Statement
    statement: dict[str, Any]
    text: bytes

    @property
    def version(self) -> str:
        """Of the standard that it was stored under."""
        return V2 if self.statement["version"].startswith("2.") else V1

    @property
    def size(self) -> int:
        return len(self.text) + sum(each["length"] for each in attachments.declared(self.statement))


@dataclass(frozen=True)
class Batch:
    """Statements that follow each other in the log, behind `after`, all of one version."""

    after: int
    version: str
    items: list[Outgoing]

    @property
    def ids(self) -> list[str]:
        return [str(item.row.id) for item in self.items]

    @property
    def last(self) -> int:
        return self.items[-1].row.seq

    def body(self) -> tuple[str, bytes]:
        """Content type and content: multipart where something is attached that is kept here."""
        text = b"[" + b",".join(item.text for item in self.items) + b"]"
        attached = attachments.kept(item.statement for item in self.items)
        return multipart.write(text, attached) if attached else ("application/json", text)


def next_batch(after: int, *, until: int, most: int) -> Batch | None:
    """Of up to `most` statements; None at the end."""
    items = list(_together(outgoing(row) for row in readers.after(after, until=until, most=most)))
    return Batch(after, items[0].version, items) if items else None


def _together(items: Iterator[Outgoing]) -> Iterator[Outgoing]:
    """As long as the version is that of the first and the size fits."""
    version, size = None, 0
    for item in items:
        size += item.size
        if version is not None and (item.version != version or size > MOST_BYTES):
            return
        version = item.version
        yield item


def outgoing(row: Statement) -> Outgoing:
    """As it is stored, with the authority of whoever vouched for it here.

    A timestamp that a server has filled in goes out with an equal `stored`, as that server had it:
    by this the next one knows it (assessments.statements.services), however many there are on the
    way. The digest remembers that the client had given none.
    """
    statement = json.loads(row.payload, parse_float=canonical.number)
    if statement["stored"] == statement["timestamp"] or not _without_time(row, statement):
        return Outgoing(row, statement, row.payload.encode())
    statement["stored"] = statement["timestamp"]
    return Outgoing(row, statement, canonical.text(statement).encode())


def _without_time(row: Statement, statement: dict[str, Any]) -> bool:
    return canonical.digest(canonical.text(canonical.bare(statement))) == bytes(row.digest)
