"""`make run`: migrate, load the modules and the demo people, then serve, all in one process.

Starting Django costs more than the work when there is nothing new to do, so it is started once.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
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


def serve() -> None:
    from gunicorn.app.wsgiapp import run

    # Who stops it wants to start it again; a real server gives what is under way more time.
    options = ["--config", "scripts/gunicorn_conf.py", "--graceful-timeout", "3"]
    os.environ["DO_WHAT_IS_DUE"] = "yes"
    sys.argv = ["gunicorn", *options, "elearning.wsgi"]
    run()


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings.demo")
    prepare()
    serve()
