"""How gunicorn serves one site box: `make run`, and docs/operator.md for a real server."""

import contextlib
import ctypes
import gc
import os
import threading
import time
from typing import Any

# Two heaps a process and not one for each thread, and what is large lies in none of them, so that it goes back to the
# system at once: 40 MB less on a site box. Not every libc has it.
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
libc = ctypes.CDLL(None)
with contextlib.suppress(AttributeError, OSError):
    libc.mallopt(M_ARENA_MAX, 2)
    libc.mallopt(M_MMAP_THRESHOLD, 128 * 1024)

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Loaded once and forked: half the start-up time and half the memory.
preload_app = True
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "scripts.worker.Worker"
# At most two of them write many statements (assessments/statements/busy.py), and four wait for what slow lines
# send (scripts/worker.py). Answers are sent by the thread that made them, so where many download over slow lines
# at once a proxy in front (docs/operator.md) takes them.
threads = 8
timeout = 60
graceful_timeout = 10
control_socket_disable = True
accesslog = "-"
errorlog = "-"
loglevel = "warning"
# The path without its query, no address and no user agent: a log that names nobody.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


# The threads of this worker that answer a request.
_busy: set[int] = set()


def pre_request(_worker: Any, _request: Any) -> None:
    _busy.add(threading.get_ident())


def post_request(_worker: Any, _request: Any, _environ: Any, _response: Any) -> None:
    _busy.discard(threading.get_ident())


def worker_int(_worker: Any) -> None:
    """Ctrl-C: what is under way has 3 seconds, connections that a browser only keeps open have none.

    Left to itself the worker would wait for them until it is killed, and the port with it.
    """
    until = time.monotonic() + 3
    while _busy and time.monotonic() < until:
        time.sleep(0.05)
    os._exit(0)


def pre_fork(_server: Any, _worker: Any) -> None:
    """What is loaded by now stays shared, so the pages are loaded too, and not by each worker's first request.

    The collector of a worker must not touch, and so copy, any of it.
    """
    from django.urls import reverse

    reverse("catalogue")
    gc.collect()
    # What loading the modules has left behind.
    with contextlib.suppress(AttributeError):
        libc.malloc_trim(0)
    gc.freeze()


def when_ready(_server: Any) -> None:
    print(f"Serving on http://{bind}/ (Ctrl-C stops)", flush=True)


def post_fork(_server: Any, _worker: Any) -> None:
    """A database connection must not be shared by two processes."""
    from django.db import connections

    connections.close_all()


def post_worker_init(_worker: Any) -> None:
    if "DO_WHAT_IS_DUE" in os.environ:
        from django.conf import settings

        from scripts import due

        due.start(settings.VAR_DIR / "due.lock")
