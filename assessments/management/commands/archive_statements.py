"""manage.py archive_statements: copies closed months of the log into the default storage."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.growth.archive import Manifest, archive, archive_closed
from assessments.growth.months import Month
from elearning.errors import ServiceError


class Command(BaseCommand):
    help = "Copies closed months of the statement log into the default storage; deletes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--month", help="like 2026-10 (default: every closed month that is not archived)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            for made in self._made(options["month"]):
                self.stdout.write(f"{made.month}: {made.rows} statements, {len(made.parts)} parts")
        except ServiceError as error:
            raise CommandError(error.message) from error

    def _made(self, month: str | None) -> Iterable[Manifest]:
        return [archive(Month.parse(month))] if month else archive_closed()
