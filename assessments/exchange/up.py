"""The log of a site, written into a sealed file for the next server."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from assessments import readers
from assessments.exchange import archive, identity, sealed
from assessments.forwarding.batches import outgoing
from assessments.models import Attachment, Partner, Statement
from assessments.statements import attachments, log

KIND = "log"
# Of what is inside; the sealed file around it has a version of its own.
FORMAT = 1
# Inside: what the file holds, then batches of statements, each behind what is attached to them.
ABOUT = "log.json"
BATCHES = "statements/"
ATTACHMENTS = "attachments/"
# As many as a request may hold (assessments.statements.bodies).
MOST = 500
# Bytes: of what is attached to a batch and can be had elsewhere too, no more than fits in goes along.
MOST_ATTACHED = 16 * 1024 * 1024


@dataclass(frozen=True)
class Exported:
    """`until` is the `seq` of the last statement in the file."""

    statements: int
    until: int


def export(path: Path, partner: Partner, *, everything: bool = False) -> Exported | None:
    """All statements after the partner's last receipt; None, and no file, when there are none.

    Raises ExchangeError and OSError, and then there is no file either.
    """
    after = 0 if everything else partner.received
    last = Statement.objects.filter(seq__gt=after, seq__lte=log.high_water()).order_by("seq").last()
    if last is None:
        return None
    about = {"format": FORMAT, "after": after, "until": last.seq, "last": str(last.id)}
    with (
        sealed.sealed_file(path, kind=KIND, sender=identity.own(), receiver=partner.keys) as target,
        archive.written(target) as writer,
    ):
        writer.add_json(ABOUT, about)
        count = _add_statements(writer, after, last.seq)
    return Exported(count, last.seq)


def _add_statements(writer: archive.Writer, after: int, until: int) -> int:
    count = 0
    added: set[str] = set()
    for rows in _batches(after, until):
        for attachment, _type in attachments.along(_attaching(rows), MOST_ATTACHED):
            if attachment.sha2 not in added:
                added.add(attachment.sha2)
                _add_attachment(writer, attachment)
        text = b"[" + b",".join(outgoing(row).text for row in rows) + b"]"
        name = f"{BATCHES}{rows[0].seq:019}.json.gz"
        writer.add(name, gzip.compress(text, compresslevel=6, mtime=0))
        count += len(rows)
    return count


def _batches(after: int, until: int) -> Iterator[list[Statement]]:
    while rows := readers.after(after, until=until, most=MOST, most_bytes=readers.MOST_BYTES):
        yield rows
        after = rows[-1].seq


def _attaching(rows: Iterable[Statement]) -> Iterator[dict[str, Any]]:
    """Those of the statements that may have something attached."""
    return (json.loads(row.payload) for row in rows if '"attachments"' in row.payload)


def _add_attachment(writer: archive.Writer, attachment: Attachment) -> None:
    """One that the storage has lost, or a part of it, stays out; the other side keeps its statement aside."""
    try:
        size = default_storage.size(attachment.path)
        file = default_storage.open(attachment.path)
    except FileNotFoundError:
        return
    with file:
        if size == attachment.size:
            writer.add_stream(f"{ATTACHMENTS}{attachment.sha2}", size, file)
