"""What keeps a page from being published: the apps above say what they find wrong in it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.functional import Promise

# The field that is wrong and a sentence for the author.
Mistake = tuple[str, str | Promise]
Reader = Callable[[Any, Any], Iterable[Mistake]]

_asked: list[Reader] = []
_asked_of_built: list[Callable[[Any], Iterable[Mistake]]] = []


def ask(reader: Reader) -> None:
    """From now on the form of a page also asks this: `reader(page, its parent)`."""
    _asked.append(reader)


def mistakes(page: Any, parent: Any) -> Iterator[Mistake]:
    for reader in _asked:
        yield from reader(page, parent)


def ask_of_built(reader: Callable[[Any], Iterable[Mistake]]) -> None:
    """What must not reach a tablet however a page came to be published: by its form, by schedule, many at once."""
    _asked_of_built.append(reader)


def mistakes_of_built(page: Any) -> Iterator[Mistake]:
    for reader in _asked_of_built:
        yield from reader(page)
