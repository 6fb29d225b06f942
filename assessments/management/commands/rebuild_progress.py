"""Make all progress anew from the statement log."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments import progress


class Command(BaseCommand):
    help = "Make all progress anew from the statement log; dashboards see the old until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{progress.rebuild()} statements read")
