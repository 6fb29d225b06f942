"""How many requests may write many statements at once in one process.

When hundreds of tablets come back at the same moment, those beyond this are told at once to come
again, which costs a millisecond, and do not stand before everybody else in the queue of the
server's threads: some of them (scripts/gunicorn_conf.py) are always left for pages.

Two and no more: whoever writes holds the interpreter's lock most of the time, and the ones that are
told to come again, and pages behind them, wait for it. scripts/bench/return.py measures how long, while
700 tablets come back at once: with two the slowest sign-in page takes 1.5 s on SQLite and PostgreSQL alike.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from elearning.errors import ServiceError

MOST = 2
# Bytes, without gzip, which makes 40 statements as small as three; a request of a few statements is
# done sooner than it would be told to come again.
SMALL = 4096
_places = threading.BoundedSemaphore(MOST)


class Busy(ServiceError):
    """Whoever sends statements keeps them and sends again after a while."""

    status = 503

    def __init__(self) -> None:
        super().__init__("busy", _("Too many send at once. Send again in a few seconds."))


@contextmanager
def place(size: int) -> Iterator[None]:
    """For as long as a request with a body of this size, unpacked, writes; raises Busy (503)."""
    if size <= SMALL:
        yield
        return
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _places.release()
