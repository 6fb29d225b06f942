"""A file appears under its name when all of it is on the disk, or not at all. No Django in this file."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def written_whole(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Write to a temporary name beside it and rename at the end; after an error there is nothing new.

    Raises OSError. A power cut may leave a file `.<name>.<letters>.part`, which nobody reads.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(opened, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """So that the new name survives a stick that is pulled out; some file systems can't."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
