"""What is inside a sealed file that holds more than one thing: a tar, readable from anywhere in it."""

import contextlib
import io
import json
import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Protocol, cast

from assessments.exchange.errors import Damaged


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Writer:
    """Adds members one after the other; nothing is kept in memory."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, len(content), io.BytesIO(content))

    def add_json(self, name: str, content: object) -> None:
        self.add(name, json.dumps(content, separators=(",", ":"), sort_keys=True).encode())

    def add_stream(self, name: str, size: int, content: Source) -> None:
        """Raises OSError when the stream ends before `size` bytes."""
        member = tarfile.TarInfo(name)
        member.size = size
        self._archive.addfile(member, cast(BinaryIO, content))


class Reader:
    """Members by name; raises Damaged for what is not there."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self._members = {member.name: member for member in archive if member.isreg()}

    def names(self) -> list[str]:
        """In the order in which they were added."""
        return list(self._members)

    def has(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """0 of what is not there."""
        return self._members[name].size if self.has(name) else 0

    def bytes(self, name: str) -> bytes:
        found = self._archive.extractfile(self._members[name]) if self.has(name) else None
        if found is None:
            raise Damaged
        return found.read()

    def json(self, name: str) -> Any:
        try:
            return json.loads(self.bytes(name))
        except (ValueError, RecursionError) as error:
            raise Damaged from error


@contextlib.contextmanager
def written(target: io.RawIOBase) -> Iterator[Writer]:
    with tarfile.open(fileobj=cast(BinaryIO, target), mode="w|", format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar)


@contextlib.contextmanager
def read(content: BinaryIO) -> Iterator[Reader]:
    """Raises Damaged for what is no archive."""
    try:
        with tarfile.open(fileobj=content, mode="r:") as tar:
            yield Reader(tar)
    except tarfile.TarError as error:
        raise Damaged from error
