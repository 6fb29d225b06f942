"""manage.py export_log: what the next server does not have yet, in one sealed file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.exchange import identity, up
from assessments.exchange.console import one_line


class Command(BaseCommand):
    help = "Write all statements after the last receipt of NAME into FILE, sealed for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", metavar="NAME", required=True, help="as exchange_trust has it")
        parser.add_argument(
            "--all", action="store_true", help="the whole log, whatever the receipts say"
        )

    def handle(self, *_args: Any, file: Path, to: str, **options: Any) -> None:
        with one_line():
            made = up.export(file, identity.partner_called(to), everything=options["all"])
        if made is None:
            self.stdout.write(f"nothing new for {to}: no file was written")
        else:
            self.stdout.write(f"{made.statements} statements for {to}, up to {made.until}")
