"""How gunicorn serves one site box: `make run`, and docs/operator.md for a real server."""

import contextlib
import ctypes
import gc
import os
from typing import Any

# Two heaps a process and not one for each thread: 30 MB less on a site box. Not every libc has it.
M_ARENA_MAX = -8
with contextlib.suppress(AttributeError, OSError):
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Loaded once and forked: half the start-up time and half the memory.
preload_app = True
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
# At most five of them write statements (assessments/statements/busy.py): three are left for pages.
threads = 8
timeout = 60
graceful_timeout = 10
control_socket_disable = True
accesslog = "-"
errorlog = "-"
loglevel = "warning"
# The path without its query, no address and no user agent: a log that names nobody.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def pre_fork(_server: Any, _worker: Any) -> None:
    """What is loaded by now stays shared, so the pages are loaded too, and not by each worker's first request.

    The collector of a worker must not touch, and so copy, any of it.
    """
    from django.urls import reverse

    reverse("catalogue")
    gc.collect()
    gc.freeze()


def when_ready(_server: Any) -> None:
    print(f"Serving on http://{bind}/ (Ctrl-C stops)", flush=True)


def post_fork(_server: Any, _worker: Any) -> None:
    """A database connection must not be shared by two processes."""
    from django.db import connections

    connections.close_all()
