"""Writing one thing of the content files, unless an author has been there."""

from collections.abc import Callable
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from modules.models import LoadedPage


class Outcome(Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "left alone: an author has edited it"
    WITHDRAWN = "left alone: an author has unpublished, locked or deleted it"


class Source(Protocol):
    """One page or item as its file says it."""

    @property
    def uuid(self) -> UUID: ...

    def digest(self) -> str:
        """Of what the file says."""

    def written_digest(self, target: Any) -> str:
        """Of everything that an author can edit in it."""

    def find(self) -> Any | None: ...

    def write_to(self, target: Any) -> None: ...


def load(source: Source, create: Callable[[], Any]) -> tuple[Outcome, Any | None]:
    """Create or update and publish it; never over an edit. `create` gives it saved, not published."""
    memory = LoadedPage.objects.filter(uuid=source.uuid).first()
    found = source.find()
    if memory is None and found is None:
        made = create()
        _publish(source, made)
        return Outcome.CREATED, made
    if memory and memory.source_digest == source.digest():
        return Outcome.UNCHANGED, found
    if found is None or not found.live or found.locked:
        return Outcome.WITHDRAWN, found
    latest = found.get_latest_revision_as_object()
    if memory is None or source.written_digest(latest) != memory.written_digest:
        return Outcome.EDITED, found
    source.write_to(latest)
    _publish(source, latest)
    return Outcome.UPDATED, found


def _publish(source: Source, target: Any) -> None:
    target.save_revision().publish()
    LoadedPage.objects.update_or_create(
        uuid=source.uuid,
        defaults={
            "source_digest": source.digest(),
            "written_digest": source.written_digest(target.get_latest_revision_as_object()),
        },
    )
