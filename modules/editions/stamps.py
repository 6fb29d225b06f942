"""What an edition is built of beside pages: the apps above say how to see that it changed.

A build reads first and writes later; where something has changed between the two it reads again.
"""

from collections.abc import Callable, Hashable

_asked: list[Callable[[], Hashable]] = []


def watch(stamp: Callable[[], Hashable]) -> None:
    """From now on a build also compares this, which changes with what it stands for."""
    _asked.append(stamp)


def now() -> tuple[Hashable, ...]:
    return tuple(stamp() for stamp in _asked)
