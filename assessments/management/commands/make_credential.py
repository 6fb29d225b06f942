"""manage.py make_credential: prints NAME:SECRET of a new credential for /xapi/, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.credentials import make_credential
from assessments.models import Scope
from elearning.errors import ServiceError

FULL = [Scope.WRITE, Scope.READ]


class Command(BaseCommand):
    help = "Prints NAME:SECRET of a new credential for /xapi/. The secret is not kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("label", help="what it is for")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="what it may do; may be given several times (default: write and read everything)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            made = make_credential(label=options["label"], scopes=options["scope"] or FULL)
        except ServiceError as error:
            raise CommandError(error.message) from error
        self.stdout.write(made.pair)
