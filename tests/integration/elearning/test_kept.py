"""A file that a row of the database will name is on the disk before, whatever happens to the power."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elearning import kept
from tests.support.disk import storage_in, synced


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with storage_in(tmp_path / "media"):
        yield tmp_path


def test_its_bytes_its_name_and_the_folders_above_are_on_the_disk(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = synced(monkeypatch)
    kept.keep("a/b/photo", 10, [b"12345", b"67890"])
    path = disk / "media/a/b/photo"
    assert path.read_bytes() == b"1234567890"
    assert found[path.stat().st_ino] == 10
    for folder in (disk / "media/a/b", disk / "media/a", disk / "media", disk):
        assert folder.stat().st_ino in found


def test_a_name_that_somebody_else_has_written_this_moment_is_on_the_disk_too(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other may not have come so far; whoever finds the file is about to name it in a row."""
    path = disk / "media/photo"
    path.parent.mkdir()
    path.write_bytes(b"12345")
    found = synced(monkeypatch)
    kept.keep("photo", 5, [])
    assert path.parent.stat().st_ino in found
    assert path.read_bytes() == b"12345"


def test_what_was_cut_short_is_written_anew(disk: Path) -> None:
    (disk / "media").mkdir()
    (disk / "media/photo").write_bytes(b"12")
    kept.keep("photo", 5, [b"12345"])
    assert (disk / "media/photo").read_bytes() == b"12345"


@pytest.mark.parametrize("fails", [stat.S_ISREG, stat.S_ISDIR])
def test_a_disk_that_fails_is_not_passed_over(
    disk: Path, monkeypatch: pytest.MonkeyPatch, fails: Callable[[int], bool]
) -> None:
    (disk / "media").mkdir()
    fsync = os.fsync

    def broken(opened: int) -> None:
        if fails(os.fstat(opened).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        fsync(opened)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        kept.keep("photo", 5, [b"12345"])


def test_a_stick_that_cannot_put_folders_on_the_disk_will_do(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def cannot(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(opened)

    monkeypatch.setattr(os, "fsync", cannot)
    kept.keep("photo", 5, [b"12345"])
    assert (disk / "media/photo").read_bytes() == b"12345"
