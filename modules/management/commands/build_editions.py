"""manage.py build_editions: for a restored database, or after a build that failed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from modules.editions import build_module
from modules.editions.secrets import KeyGivenAway
from modules.models import ModulePage


class Command(BaseCommand):
    help = "Build the editions of every module, or of one; unchanged content makes no new version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--module", metavar="SLUG", help="only this module")

    def handle(self, *args: Any, module: str | None, **options: Any) -> None:
        pages = ModulePage.objects.order_by("path")
        if module:
            pages = pages.filter(slug=module)
            if not pages:
                raise CommandError(f"There is no module with the slug {module}.")
        refused = [error for page in pages if (error := self._build(page))]
        if refused:
            raise CommandError("\n".join(refused))

    def _build(self, page: ModulePage) -> str:
        """What refused it, if anything; the other modules are built all the same."""
        try:
            editions = build_module(page.uuid)
        except KeyGivenAway as error:
            return f"{page.slug}: {error}"
        for edition in editions:
            self.stdout.write(
                f"{page.slug} {edition.language} {edition.version} {edition.size} bytes"
            )
        return ""
