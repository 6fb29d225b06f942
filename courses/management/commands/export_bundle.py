"""manage.py export_bundle: people, assignments and editions for a site, in one sealed file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.exchange import identity
from assessments.exchange.console import one_line
from courses.exchange import bundle, down


class Command(BaseCommand):
    help = "Write people, cohorts, assignments and current editions into FILE, sealed for NAME."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", metavar="NAME", required=True, help="as exchange_trust has it")

    def handle(self, *_args: Any, file: Path, to: str, **_options: Any) -> None:
        with one_line():
            data = down.dump()
            count = bundle.export(file, identity.partner_called(to), data, down.files(data))
        self.stdout.write(f"people, assignments and editions for {to}, {count} files")
