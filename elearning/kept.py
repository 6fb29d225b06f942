"""Files of the default storage whose name says what they hold: written once, whole or not at all.

Whoever notes in the database that there is such a file does it afterwards: on a disk the bytes and
the name are there by then, whatever happens to the power in between.
"""

from collections.abc import Iterable
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage

from elearning.whole import make_folder, sync, written_whole


def is_whole(name: str, size: int) -> bool:
    """A write that was cut leaves a shorter file, which must not be taken for the whole."""
    return default_storage.exists(name) and default_storage.size(name) == size


def keep(name: str, size: int, content: Iterable[bytes]) -> None:
    """Under this very name, unless it is there whole.

    Nothing is deleted: another request may be writing the same bytes.
    """
    there = is_whole(name, size)
    if not isinstance(default_storage, FileSystemStorage):
        if not there:
            # Over a network: what is written appears there when it is closed.
            with default_storage.open(name, "wb") as file:
                for piece in content:
                    file.write(piece)
        return
    path = Path(default_storage.path(name))
    make_folder(path.parent)
    if there:
        # Somebody may have written it this moment, and may not have come to the folder yet.
        sync(path.parent)
        return
    with written_whole(path) as part:
        part.writelines(content)


def put_on_disk(name: str) -> None:
    """A file that was stored in another way, its name, and those of the folders above."""
    if isinstance(default_storage, FileSystemStorage):
        path = Path(default_storage.path(name))
        above = len(Path(name).parts)
        for each in (path, *path.parents[:above]):
            sync(each)
