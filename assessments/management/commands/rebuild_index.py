"""manage.py rebuild_index: make anew what statements are found by."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments import index


class Command(BaseCommand):
    help = "Make the index, by which statements are found, anew from the log; a part at a time, so nobody waits for long."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{index.rebuild()} statements read")
