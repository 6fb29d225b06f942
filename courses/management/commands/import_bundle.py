"""manage.py import_bundle: take in people, assignments and editions from their sealed file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.exchange.console import one_line
from courses.exchange import bundle, down


class Command(BaseCommand):
    help = "Take in what export_bundle wrote at the centre; any number of times."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--older", action="store_true", help="even if a newer one was taken in before"
        )

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        with one_line():
            imported = bundle.take(file, down.load, older=options["older"])
        if imported.loaded is None:
            self.stdout.write(
                f"a newer bundle of {imported.partner.name} is here already: nothing was changed"
                " (--older takes this one)"
            )
            return
        for line in imported.loaded.as_lines():
            self.stdout.write(line)
        if left := imported.loaded.left:
            raise CommandError("\n".join(each.as_text() for each in left))
