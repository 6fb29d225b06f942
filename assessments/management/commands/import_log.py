"""manage.py import_log: take in the log of another server from its sealed file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.exchange import receipt, taking
from assessments.exchange.console import one_line


class Command(BaseCommand):
    help = "Take in what export_log wrote on another server; any number of times."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--receipt", metavar="FILE", type=Path, help="write the receipt to carry back"
        )

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        back: Path | None = options["receipt"]
        if back and back.resolve() == file.resolve():
            raise CommandError("The receipt needs another file name than the log.")
        with one_line():
            taken = taking.take(file)
        self.stdout.write(
            f"{taken.partner.name}: {taken.stored} statements stored, {taken.known} known already,"
            f" {taken.aside} set aside; its log is here up to {taken.until}"
        )
        if back:
            with one_line():
                receipt.give(back, taken)
            self.stdout.write(f"receipt written to {back}")
