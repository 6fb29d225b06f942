"""How many rows are read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_init


@contextmanager
def loaded(*models: type[Model]) -> Iterator[list[type[Model]]]:
    """The model of each row of these that is made an object of meanwhile."""
    found: list[type[Model]] = []

    def note(sender: type[Model], **_more: object) -> None:
        found.append(sender)

    for model in models:
        post_init.connect(note, sender=model)
    try:
        yield found
    finally:
        for model in models:
            post_init.disconnect(note, sender=model)
