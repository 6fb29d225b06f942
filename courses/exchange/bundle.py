"""People, assignments and editions, written into a sealed file for a site and taken in there.

What is in it is the business of courses.exchange.down; this file carries it.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.files.storage import default_storage

from assessments.exchange import archive, identity, sealed
from assessments.exchange.errors import Damaged, ExchangeError
from assessments.models import Partner
from modules.models import EditionFile

KIND = "bundle"
# Inside: what courses.exchange.down says, then the files of the editions that it names.
DATA = "data.json"
FILES = "editions/"
PIECE = 1024 * 1024

# SHA-256, extension, size in bytes.
FileName = tuple[str, str, int]
Fetch = Callable[[str, str], bytes]
Loaded = TypeVar("Loaded")


class NotAbove(ExchangeError):
    """A site whose log is welcome must not say who the people of the centre are."""

    def __init__(self, partner: Partner) -> None:
        super().__init__(
            f"{partner.name} is not known as the server above this one, so it can't send people and"
            " editions. If it is, run exchange_trust with --centre."
        )


@dataclass(frozen=True)
class Imported(Generic[Loaded]):
    """`loaded` is None when a newer bundle is here already and nothing was changed."""

    partner: Partner
    loaded: Loaded | None


def export(path: Path, partner: Partner, data: dict[str, Any], files: Iterable[FileName]) -> int:
    """Returns how many files of editions are in it; raises ExchangeError and OSError."""
    count = 0
    with (
        sealed.sealed_file(path, kind=KIND, sender=identity.own(), receiver=partner.keys) as target,
        archive.written(target) as writer,
    ):
        writer.add_json(DATA, data)
        for sha256, extension, size in files:
            _add_file(writer, EditionFile(sha256=sha256, extension=extension, size=size))
            count += 1
    return count


def take(
    path: Path, load: Callable[[dict[str, Any], Fetch], Loaded], *, older: bool = False
) -> Imported[Loaded]:
    """Verify the whole file, then `load` what is in it, all or nothing; again, it changes nothing.

    A bundle that was made before the newest one that was imported is left, unless `older`.
    Raises ExchangeError and OSError.
    """
    with (
        sealed.opened_file(
            path, kind=KIND, receiver=identity.own(), sender=identity.keys_of
        ) as opened,
        archive.read(opened.content) as reader,
    ):
        partner = Partner.objects.get(pk=opened.header.sender)
        if not partner.above:
            raise NotAbove(partner)
        if not older and _is_stale(partner, opened.header.created):
            return Imported(partner, None)
        # No transaction around it: tablets could not write while hundreds of megabytes are read.
        loaded = load(reader.json(DATA), _fetch(reader))
        partner.bundle = opened.header.created
        partner.save(update_fields=["bundle"])
    return Imported(partner, loaded)


def _is_stale(partner: Partner, created: datetime) -> bool:
    return partner.bundle is not None and created < partner.bundle


def _add_file(writer: archive.Writer, file: EditionFile) -> None:
    """Raises ExchangeError for one that the storage does not hold as its name says."""
    damaged = ExchangeError(
        f"The file {file.name} of an edition is lost or damaged here."
        " Run build_editions, then this again."
    )
    try:
        content = default_storage.open(file.path)
    except FileNotFoundError as error:
        raise damaged from error
    with content:
        digest = hashlib.sha256()
        size = 0
        while piece := content.read(PIECE):
            digest.update(piece)
            size += len(piece)
        if digest.hexdigest() != file.sha256 or size != file.size:
            raise damaged
        content.seek(0)
        writer.add_stream(f"{FILES}{file.name}", file.size, content)


def _fetch(reader: archive.Reader) -> Fetch:
    def fetch(sha256: str, extension: str) -> bytes:
        """Raises Damaged for a file that is not there as its name says."""
        content = reader.bytes(f"{FILES}{sha256}.{extension}")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged
        return content

    return fetch
