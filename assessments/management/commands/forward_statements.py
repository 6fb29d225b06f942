"""manage.py forward_statements: send what the log holds to the next server."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from assessments import upstream
from assessments.forwarding import services
from assessments.forwarding.errors import NotSent
from elearning.errors import ServiceError

logger = logging.getLogger("elearning.forwarding")


class Command(BaseCommand):
    help = (
        "Send what the log holds to the next server (UPSTREAM_URL), from where the last pass ended."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument(
            "--every",
            type=float,
            default=services.FIRST_PAUSE,
            metavar="SECONDS",
            help="with --loop: the pause between passes; after failures it grows to two minutes",
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="send the whole log once more, to a server that has lost it or never had it",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            upstream.check(settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL)
        except ServiceError as error:
            raise CommandError(error.message) from error
        if options["again"]:
            services.start_again()
        if options["loop"]:
            go_on(options["every"])
            return
        try:
            done = services.forward()
        except NotSent as error:
            raise CommandError(f"Not sent; what waits is sent next time. {error}") from error
        self.stdout.write(f"{done.sent} statements sent, {done.aside} kept aside")


def go_on(every: float) -> None:
    """Until the process is ended, which it may be at any moment."""
    while True:
        pause = _one_pass(every)
        # A database that restarts meanwhile is found again.
        connections.close_all()
        time.sleep(pause)


def _one_pass(every: float) -> float:
    """Returns after how many seconds the next one is due."""
    try:
        services.forward(first_pause=every)
    except NotSent as error:
        # Noted already.
        return max(every, error.pause)
    except Exception:
        # A full disk, a storage that is away: the next pass tries again.
        logger.exception("Forwarding failed")
    return every
