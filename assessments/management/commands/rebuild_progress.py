"""Make all progress and all attempts anew from the statement log."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from assessments import progress
from assessments.attempts import reader as attempts


class Command(BaseCommand):
    help = (
        "Make all attempts and all progress anew from the statement log; dashboards see the old until"
        " it is done. Marks that the log has not got yet are written."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        _tell_the_planner()
        # Attempts first: the marks that they write are progress.
        self.stdout.write(f"{attempts.rebuild()} statements of attempts read")
        self.stdout.write(f"{progress.rebuild()} statements read")


def _tell_the_planner() -> None:
    """A log that was restored a moment ago has no statistics, and each look-up would read all of it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE assessments_statement")
