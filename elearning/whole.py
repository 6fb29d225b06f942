"""A file appears under its name when all of it is on the disk, or not at all. No Django in this file."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

# What a file system says that has no way to do this.
CANNOT = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})


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
    sync(path.parent)


def make_folder(folder: Path) -> None:
    """With those above it; the name of each new one is on the disk."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def sync(path: Path) -> None:
    """What a file holds, or the names in a folder, survive a power cut, or a stick that is pulled out.

    Some file systems can't do that for a folder.
    """
    try:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
