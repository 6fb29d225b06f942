"""manage.py load_modules: the modules that ship with the platform, as pages."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from modules import loading

CONTENT = settings.BASE_DIR / "modules" / "content"


class Command(BaseCommand):
    help = "Load modules/content/ into pages, publish and build editions; an author's edit stays."
    requires_system_checks: list[str] = []  # half of a run that has nothing to do

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--content", type=Path, default=CONTENT, help="folder of the modules")

    def handle(self, *args: Any, content: Path, **options: Any) -> None:
        catalogue = loading.ensure_catalogue()
        loading.grant_author_rights()
        errors = []
        for file in sorted(content.glob("*/module.yaml")):
            try:
                lines = loading.load_module(file.parent, catalogue)
            except loading.ContentError as error:
                errors.append(f"{file.parent.name} was not loaded. {error}")
                continue
            for line in lines:
                self.stdout.write(line)
        if errors:
            raise CommandError("\n".join(errors))
