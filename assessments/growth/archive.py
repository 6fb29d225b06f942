"""Closed months of the log, copied to the default storage and read again.

`xapi/archive/2026-10/` holds `0001.jsonl.gz`, `0002.jsonl.gz`, … and `manifest.json`, which is
written last: without it there is no archive. The same rows give the same bytes. Nothing is deleted
from the log.
"""

import contextlib
import gzip
import hashlib
import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from assessments.growth.months import Month, closed_months
from assessments.growth.records import as_line, from_line
from assessments.models import Statement
from assessments.statements import log, weights
from elearning.errors import ServiceError
from elearning.kept import put_on_disk

FORMAT = 1
ROWS_IN_A_PART = 50_000
# Rows in memory at a time, what they may weigh, and bytes of a file.
ROWS = 2_000
MOST_BYTES = 5_000_000
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """`first` and `last` are the `seq` of its rows, `sha256` that of the gzip file."""

    name: str
    rows: int
    first: int
    last: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    month: str
    rows: int
    first: int
    last: int
    parts: list[Part]
    format: int = FORMAT


class Damaged(ServiceError):
    def __init__(self, month: Month, reason: str) -> None:
        message = _("The archive of %(month)s is damaged: %(reason)s Make it anew from the log.")
        mend = f"manage.py archive_statements --month {month}"
        super().__init__(
            "damaged-archive", f"{message % {'month': month, 'reason': reason}} ({mend})"
        )


class Larger(ServiceError):
    def __init__(self, month: Month, rows: int, here: int) -> None:
        super().__init__(
            "larger-archive",
            f"The archive of {month} holds {rows} statements, the log only {here}."
            " The archive stays as it is.",
        )


def archive_closed() -> Iterator[Manifest]:
    """Archive every closed month whose rows are not all in an archive; the manifests as they are made.

    A server whose clock was set back may have stored more in a month that is archived: then the
    log has more rows of it than the manifest, and it is archived anew. One with less is left alone.
    A damaged archive, or one without a manifest that holds more than the log, stops no other month:
    ServiceError, about all such months, is raised at the end.
    """
    left: list[str] = []
    for month in closed_months():
        try:
            known = manifest_of(month)
            made = None
            if known is None or month.statements().count() > known.rows:
                made = archive(month)
        except (Damaged, Larger) as error:
            left.append(error.message)
            continue
        if made:
            yield made
    if left:
        raise ServiceError("damaged-archive", "\n".join(left))


def archive(month: Month) -> Manifest:
    """Copy the month's rows, over an archive that holds no more of them or is damaged.

    Raises ServiceError when the month is not over, or the log has none of its rows, and Larger when
    it has fewer than its archive.
    """
    if not month.over:
        raise ServiceError("open-month", _("A month can be archived an hour after its end."))
    _wait_for_writers()
    found = month.statements().aggregate(rows=Count("seq"), first=Min("seq"), last=Max("seq"))
    if not found["rows"]:
        raise ServiceError("empty-month", _("The log has no statements of this month."))
    _keep_a_larger_one(month, found["rows"])
    default_storage.delete(_path(month, "manifest.json"))
    rows = _rows(month, found["first"], found["last"])
    parts: list[Part] = []
    while part := _write_part(month, len(parts) + 1, islice(rows, ROWS_IN_A_PART)):
        parts.append(part)
    if sum(part.rows for part in parts) != found["rows"]:
        raise RuntimeError(f"Rows of {month} came or went while it was archived")
    manifest = Manifest(str(month), **found, parts=parts)
    _put(_path(month, "manifest.json"), ContentFile(json.dumps(asdict(manifest), indent=1)))
    return manifest


def _keep_a_larger_one(month: Month, rows: int) -> None:
    """Raises Larger. Where there is no manifest to believe, what can be read of the parts counts."""
    try:
        known = manifest_of(month)
    except Damaged:
        known = None
    kept = known.rows if known else sum(_readable(month, name) for name in _parts(month))
    if rows < kept:
        raise Larger(month, kept, rows)


def _parts(month: Month) -> list[str]:
    """The names of what lies there, whatever the manifest says."""
    try:
        names = default_storage.listdir(_path(month, ""))[1]
    except FileNotFoundError:
        return []
    return [name for name in names if name.endswith(".jsonl.gz")]


def _readable(month: Month, name: str) -> int:
    """How many rows a part has, or how many come before its damage."""
    rows = 0
    with (
        default_storage.open(_path(month, name)) as file,
        gzip.GzipFile(fileobj=file) as lines,
        contextlib.suppress(gzip.BadGzipFile, EOFError, zlib.error),
    ):
        for _line in lines:
            rows += 1
    return rows


def _wait_for_writers() -> None:
    """Whoever took a time in the month as `stored` has committed: on SQLite the transaction waits
    for them, on PostgreSQL the look at the log."""
    with transaction.atomic():
        log.high_water()


def _rows(month: Month, first: int, last: int) -> Iterator[Statement]:
    """In short queries: on SQLite nobody waits for the archive, and memory stays as it is."""
    rows = month.statements().filter(seq__lte=last).order_by("seq")
    seq = first - 1
    while found := weights.first(rows.filter(seq__gt=seq), ROWS, MOST_BYTES):
        yield from found
        seq = found[-1].seq


def _write_part(month: Month, number: int, rows: Iterable[Statement]) -> Part | None:
    name = f"{number:04}.jsonl.gz"
    seqs: list[int] = []
    with tempfile.TemporaryFile() as file:
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            for row in rows:
                packed.write(as_line(row))
                seqs.append(row.seq)
        if not seqs:
            return None
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        _put(_path(month, name), File(file))
    return Part(name, len(seqs), seqs[0], seqs[-1], sha256)


def _put(path: str, content: File) -> None:
    """Under this very name; a storage may choose another one when somebody else is writing it."""
    default_storage.delete(path)
    saved = default_storage.save(path, content)
    if saved != path:
        default_storage.delete(saved)
        raise ServiceError("archive-busy", _("Somebody else is archiving this month."))
    # Before the manifest says so, and before anybody takes the rows out of the log.
    put_on_disk(path)


def _path(month: Month, name: str) -> str:
    return f"xapi/archive/{month}/{name}"


def manifest_of(month: Month) -> Manifest | None:
    """None when the month is not archived; raises Damaged."""
    path = _path(month, "manifest.json")
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        content = file.read()
    try:
        return _manifest(json.loads(content))
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(month, _("its manifest cannot be read.")) from error


def _manifest(content: dict[str, Any]) -> Manifest:
    if content["format"] != FORMAT:
        raise ValueError("another format")
    return Manifest(**content | {"parts": [Part(**part) for part in content["parts"]]})


def read_archive(month: Month) -> Iterator[Statement]:
    """The rows as they were in the log, in its order; every sum is verified before the first one.

    Raises ServiceError when there is no archive, Damaged when it is not what was written.
    """
    manifest = manifest_of(month)
    if manifest is None:
        raise ServiceError("no-archive", _("This month is not archived."))
    for part in manifest.parts:
        with _verified(month, part):
            pass
    for part in manifest.parts:
        with _verified(month, part) as file, gzip.GzipFile(fileobj=file) as lines:
            yield from map(from_line, lines)


@contextmanager
def _verified(month: Month, part: Part) -> Iterator[IO[bytes]]:
    """A copy of the part that has the sum of the manifest."""
    with tempfile.TemporaryFile() as copy:
        try:
            with default_storage.open(_path(month, part.name)) as file:
                for piece in file.chunks(PIECE):
                    copy.write(piece)
        except FileNotFoundError as error:
            raise Damaged(month, _("%(part)s is missing.") % {"part": part.name}) from error
        copy.seek(0)
        if hashlib.file_digest(copy, "sha256").hexdigest() != part.sha256:
            raise Damaged(month, _("%(part)s was changed.") % {"part": part.name})
        copy.seek(0)
        yield copy
