"""What is due once a minute under `make run`; a real server has timers (docs/operator.md).

It runs in a thread of one of the workers: a process of its own would be a fifth of the memory of a site box.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

EVERY = 60  # seconds


def do_once() -> None:
    """Publish what an author has scheduled, let the readers of the log catch up, pass the log on."""
    from django.core.management import call_command
    from django.db import connections

    from assessments.forwarding.services import forward_when_due

    jobs = [
        lambda: call_command("publish_scheduled", verbosity=0),
        lambda: call_command("catch_up"),
        forward_when_due,
    ]
    for job in jobs:
        try:
            job()
        except Exception:
            # The next round tries again; a full disk or a busy database must not end it.
            logging.getLogger("elearning").exception("Something that was due failed")
    connections.close_all()


def start(lock: Path, job: Callable[[], None] = do_once) -> None:
    """In each worker; the one that has the lock does it, and when it ends another one."""
    threading.Thread(target=_go_on, args=[lock, job], daemon=True).start()


def _go_on(lock: Path, job: Callable[[], None]) -> None:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        while True:
            job()
            time.sleep(EVERY)
