"""gunicorn's worker with threads, for lines that carry little: who sends slowly holds no thread without end,
and all of them together not every thread.

Left to itself a thread waits for the next byte of a request for ever, and sixteen tablets on a bad line
would keep everybody else from the pages.
"""

import contextlib
import errno
import math
import os
import socket
import struct
import threading
import time
from typing import Any, NoReturn

from gunicorn.workers import gthread

# How long a request may take to arrive: so many seconds, and one more for each so many bytes that have come.
# It may pause for as many.
SECONDS = float(os.environ.get("UPLOAD_SECONDS", "30"))
RATE = 1000
# Seconds that a thread waits for anybody, in all. Whoever is slower needs one of the places to go on.
MOMENT = 1.0
# Less than this may as well be a wait for the interpreter's lock.
GRAIN = 0.05
# Of eight threads (scripts/gunicorn_conf.py), two of which may write much (assessments/statements/busy.py).
_places = threading.BoundedSemaphore(4)
# As long a thread waits for the first byte of a connection, and for what nobody wants of a body.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = MOMENT


class Line(socket.socket):
    """The connection to a client: recv() raises TimeoutError when a request takes too long."""

    _until = _free = _heard = math.inf
    _has_place = _is_late = False

    def open(self) -> None:
        moment = struct.pack("@ll", int(MOMENT), int(1_000_000 * (MOMENT % 1)))
        self.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, moment)
        # A tablet that is carried away in the middle of a download: Linux would try for 15 minutes.
        with contextlib.suppress(OSError, AttributeError):
            self.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * SECONDS))

    def begin(self) -> None:
        """A request is about to be read."""
        self._heard, self._free = time.monotonic(), MOMENT
        self._until = self._heard + SECONDS

    def end(self, *, close: bool) -> None:
        """It is answered, and the next one is due, or none."""
        if close and not self._is_late:
            self._let_take_the_answer()
        self._until = 0.0
        if self._has_place:
            self._has_place = False
            _places.release()

    def _let_take_the_answer(self) -> None:
        """What still comes would else make the client lose it (RFC 9112, 9.6). gunicorn would wait in
        the thread that accepts everybody else."""
        self._heard = time.monotonic()
        self._until = self._heard + MOMENT
        with contextlib.suppress(OSError):
            self.shutdown(socket.SHUT_WR)
            while self.recv(4096):
                pass

    def recv(self, size: int, flags: int = 0) -> bytes:
        while True:
            began = time.monotonic()
            if began >= min(self._until, self._heard + SECONDS):
                self._give_up()
            may_wait = self._may_wait()
            # The kernel comes back after a moment; to ask it beforehand whether there is anything
            # would cost a busy server a turn of the interpreter's lock each time.
            try:
                came = super().recv(size, flags if may_wait else flags | socket.MSG_DONTWAIT)
            except BlockingIOError:
                if not may_wait:
                    self._give_up()
                continue
            finally:
                waited = time.monotonic() - began
                self._free -= waited if waited > GRAIN else 0
            self._heard = time.monotonic()
            self._until += len(came) / RATE
            return came

    def _may_wait(self) -> bool:
        if self._free <= 0 and not self._has_place:
            self._has_place = _places.acquire(blocking=False)
        return self._has_place or self._free > 0

    def _give_up(self) -> NoReturn:
        self._is_late = True
        # gunicorn lets this number pass in silence: it is no error of the server.
        raise TimeoutError(errno.ECONNRESET, "the request comes too slowly")


class Worker(gthread.ThreadWorker):
    def enqueue_req(self, conn: Any) -> None:
        if not isinstance(conn.sock, Line):
            conn.sock = Line(fileno=conn.sock.detach())
            conn.sock.open()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        conn.sock.begin()
        keep: Any = False
        try:
            keep = super().handle(conn)
        finally:
            conn.sock.end(close=not keep)
        return keep
