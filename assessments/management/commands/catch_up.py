"""manage.py catch_up: let the readers of the statement log read what is new."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments import progress
from assessments.index import INDEX


class Command(BaseCommand):
    help = "Let attempts, progress and the index read what is new in the log; a page that asks then waits less."

    def handle(self, *_args: Any, **_options: Any) -> None:
        progress.catch_up()
        INDEX.catch_up()
