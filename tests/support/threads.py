"""Work in a thread with a database connection of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[threading.Thread]:
    """Run `work` in a thread, which has a connection of its own; wait for it at the end."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(30)
        close_old_connections()
        assert not thread.is_alive()
