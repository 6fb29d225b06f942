"""How gunicorn serves one site box: `make run`, and docs/operator.md for a real server."""

import os
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Loaded once and forked: half the start-up time and half the memory.
preload_app = True
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
# At most eight of them write statements (assessments/statements/busy.py): four are left for pages.
threads = 12
timeout = 60
graceful_timeout = 10
control_socket_disable = True
accesslog = "-"
errorlog = "-"
loglevel = "warning"
# The path without its query, no address and no user agent: a log that names nobody.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def when_ready(_server: Any) -> None:
    print(f"Serving on http://{bind}/ (Ctrl-C stops)", flush=True)


def post_fork(_server: Any, _worker: Any) -> None:
    """A database connection must not be shared by two processes."""
    from django.db import connections

    connections.close_all()
