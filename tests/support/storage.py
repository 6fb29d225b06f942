"""The storage of the test settings."""

from django.core.files.storage import default_storage, storages


def forget_files() -> None:
    """It is in memory; where the database is emptied, it must be too."""
    storages._storages.clear()
    default_storage._wrapped = storages["default"]
