"""Threads that wait to write share one transaction.

A commit waits for the disk, for longer than anything else of a small request, and SQLite takes one
writer at a time. So a thread that gets its turn does the work of all threads of this process that
wait for theirs: as many requests as a worker has threads cost one commit.

PostgreSQL lets many write at once and makes one flush of many commits by itself; there, two
transactions with the same statements in another order would wait for each other for ever.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection, transaction

T = TypeVar("T")
_turn = threading.Lock()


class _Work(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self.done = False
        self.result: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """An error undoes this work and no other's."""
        try:
            with transaction.atomic():
                self.result = self.work()
        except Exception as error:  # noqa: BLE001 - its own thread raises it
            self.error = error


_waiting: deque[_Work[object]] = deque()


def in_one_transaction(work: Callable[[], T]) -> T:
    """Run `work` in a transaction, maybe in another thread with the work of others, and wait for
    its commit; returns or raises what `work` does.

    Inside a transaction of the caller it is a part of that one.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            return work()
    mine = _Work(work)
    _waiting.append(mine)  # type: ignore[arg-type]
    with _turn:
        if not mine.done:
            _do([_waiting.popleft() for _each in range(len(_waiting))])
    if mine.error:
        raise mine.error
    return mine.result  # type: ignore[return-value]


def _do(works: list[_Work[object]]) -> None:
    try:
        with transaction.atomic():
            for each in works:
                each.run()
                if each.error and connection.needs_rollback:
                    # SQLite itself has given up the whole transaction: a full disk, say.
                    raise each.error
    except BaseException as error:
        # Nothing of it was committed.
        for each in works:
            each.error = each.error or error
        if not isinstance(error, Exception):
            raise
    finally:
        for each in works:
            each.done = True
