"""manage.py import_bundle: take in people, assignments and editions from their sealed file."""

import dataclasses
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

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
        for kind in dataclasses.fields(imported.loaded):
            self.stdout.write(f"{kind.name}: {getattr(imported.loaded, kind.name).as_text()}")
