"""manage.py import_receipt: note what another server says that it has of our log."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.exchange import receipt
from assessments.exchange.console import one_line


class Command(BaseCommand):
    help = "Take in the receipt that import_log wrote; the next export begins behind it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        with one_line():
            noted = receipt.note(file)
        self.stdout.write(
            f"{noted.partner.name} stored {noted.stored} statements, knew {noted.known},"
            f" set {noted.aside} aside"
        )
        if noted.moved:
            self.stdout.write(f"it has our log up to {noted.partner.received}")
        else:
            self.stdout.write(
                f"an older receipt, or of another log: the mark stays at {noted.partner.received}"
            )
