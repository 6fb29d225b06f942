"""What goes to the next server in one request."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.models import Statement
from assessments.statements import attachments, canonical, multipart, weights
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
        statements = (item.statement for item in self.items)
        attached = attachments.kept(statements, weights.MOST - len(text))
        return multipart.write(text, attached) if attached else ("application/json", text)


def next_batch(after: int, *, until: int, most: int) -> Batch | None:
    """Of up to `most` statements; None at the end."""
    found = Statement.objects.filter(seq__gt=after, seq__lte=until).defer("payload")
    rows = weights.filled(list(found.order_by("seq")[:most]), MOST_BYTES)
    items = list(_of_one_version(map(outgoing, _light(rows))))
    return Batch(after, items[0].version, items) if items else None


def _light(rows: list[Statement]) -> Iterator[Statement]:
    """As many as fit with what is attached to them."""
    attached = weights.attached(rows)
    weighed = ((row, len(row.payload) + more) for row, more in zip(rows, attached, strict=True))
    return weights.fitting(weighed, MOST_BYTES)


def _of_one_version(items: Iterator[Outgoing]) -> Iterator[Outgoing]:
    """As long as the version is that of the first."""
    version = None
    for item in items:
        if version not in (None, item.version):
            return
        version = item.version
        yield item


def outgoing(row: Statement) -> Outgoing:
    """As it is stored, with the authority of whoever vouched for it here.

    What the next one must know (assessments.statements.preparing), however many there are on the
    way, goes out as `stored`. Of a timestamp that a server has filled in an equal one, as that
    server had it: the digest remembers that the client had given none. Of one that could not be
    right, the moment at which the first server had the statement, which this one was told.
    """
    statement = json.loads(row.payload, parse_float=canonical.number)
    stored = _known_before(row, statement)
    if stored is None or stored == statement["stored"]:
        return Outgoing(row, statement, row.payload.encode())
    statement["stored"] = stored
    return Outgoing(row, statement, canonical.text(statement).encode())


def _known_before(row: Statement, statement: dict[str, Any]) -> str | None:
    """What another server said to be the moment of storing, where that has to be known further on."""
    written: str = statement["timestamp"]
    if datetime.fromisoformat(written) != row.timestamp:
        return row.timestamp.isoformat()
    if statement["stored"] == written or _without_time(row, statement):
        return written
    return None


def _without_time(row: Statement, statement: dict[str, Any]) -> bool:
    compared = canonical.comparable(canonical.bare(statement))
    return canonical.digest(canonical.text(compared)) == bytes(row.digest)
