"""manage.py exchange_trust: know another server by its public line, or no longer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.exchange import identity
from assessments.exchange.console import one_line


class Command(BaseCommand):
    help = "Exchange sealed files with the server whose exchange_identity printed PUBLIC."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what you call that server")
        parser.add_argument("public", nargs="?", help="its public line")
        parser.add_argument(
            "--centre",
            action="store_true",
            help="it is the server above: take people, assignments and editions from it",
        )
        parser.add_argument(
            "--replace", action="store_true", help="it has new keys: forget the old ones"
        )
        parser.add_argument("--remove", action="store_true", help="trust it no more")

    def handle(self, *_args: Any, name: str, public: str | None, **options: Any) -> None:
        if options["remove"] == bool(public):
            raise CommandError("Give the public line of the other server, or --remove.")
        with one_line():
            if public is None:
                identity.distrust(name)
                self.stdout.write(f"{name} is not trusted any more")
            else:
                partner = identity.trust(
                    name, public, above=options["centre"], replace=options["replace"]
                )
                self.stdout.write(f"{partner.name} is server {partner.pk}")
