"""manage.py read_archive MONTH: prints the statements of an archived month."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.growth.archive import read_archive
from assessments.growth.months import Month
from elearning.errors import ServiceError


class Command(BaseCommand):
    help = "Prints the statements of an archived month, one JSON object a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="like 2026-10")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            for row in read_archive(Month.parse(options["month"])):
                self.stdout.write(row.payload)
        except ServiceError as error:
            raise CommandError(error.message) from error
