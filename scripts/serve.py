"""`make run`: migrate, load the modules and the demo people, then serve, all in one process.

Starting Django costs more than the work when there is nothing new to do, so it is started once.
"""

import gc
import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVERY = 60  # seconds
COMMANDS = ["load_modules", "load_demo_people", "load_demo_cohorts"]


def prepare() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    for command in COMMANDS:
        call_command(command)
    # gunicorn forks its workers from this process; a connection must not be shared.
    connections.close_all()


def do_what_is_due(server: int) -> None:
    """Every minute, as long as the server lives; a real server has timers (docs/operator.md)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    seconds = 0
    while os.getppid() == server:
        if seconds % EVERY == 0:
            do_once()
        time.sleep(1)
        seconds += 1


def do_once() -> None:
    """Publish what an author has scheduled, let the readers of the log catch up, pass the log on."""
    import logging

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


def serve() -> None:
    from gunicorn.app.wsgiapp import run

    server = os.getpid()
    # What is loaded by now stays shared with all that is forked.
    gc.collect()
    gc.freeze()
    if os.fork() == 0:
        do_what_is_due(server)
        os._exit(0)
    # Who stops it wants to start it again; a real server gives what is under way more time.
    options = ["--config", "scripts/gunicorn_conf.py", "--graceful-timeout", "3"]
    sys.argv = ["gunicorn", *options, "elearning.wsgi"]
    run()


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings.demo")
    prepare()
    serve()
