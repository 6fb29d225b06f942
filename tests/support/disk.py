"""The default storage on a real disk; the test settings have it in memory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage


@contextmanager
def storage_in(folder: Path) -> Iterator[None]:
    in_memory = default_storage._wrapped
    default_storage._wrapped = FileSystemStorage(folder)
    try:
        yield
    finally:
        default_storage._wrapped = in_memory


def synced(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Fills with the inode of each file or folder that is told to be on the disk, and its size then."""
    found: dict[int, int] = {}
    fsync = os.fsync

    def notes(opened: int) -> None:
        fsync(opened)
        found[os.fstat(opened).st_ino] = os.fstat(opened).st_size

    monkeypatch.setattr(os, "fsync", notes)
    return found
