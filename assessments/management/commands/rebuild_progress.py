"""Make all progress and all attempts anew from the statement log."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments import progress
from assessments.attempts import reader as attempts


class Command(BaseCommand):
    help = (
        "Make all attempts and all progress anew from the statement log; dashboards see the old until"
        " it is done. Marks that the log has not got yet are written."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Attempts first: the marks that they write are progress.
        self.stdout.write(f"{attempts.rebuild()} statements of attempts read")
        self.stdout.write(f"{progress.rebuild()} statements read")
