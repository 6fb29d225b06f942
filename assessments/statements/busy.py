"""How many requests may write at once in one process.

When hundreds of tablets come back at the same moment, those beyond this are told at once to come
again, which costs a millisecond, and do not stand before everybody else in the queue of the
server's threads: some of them (scripts/gunicorn_conf.py) are always left for pages.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from elearning.errors import ServiceError

MOST = 5
_places = threading.BoundedSemaphore(MOST)


class Busy(ServiceError):
    """Whoever sends statements keeps them and sends again after a while."""

    status = 503

    def __init__(self) -> None:
        super().__init__("busy", _("Too many send at once. Send again in a few seconds."))


@contextmanager
def place() -> Iterator[None]:
    """For as long as a request writes; raises Busy (503)."""
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _places.release()
