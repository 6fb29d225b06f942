"""manage.py pull_from_upstream: people, cohorts, assignments and editions of the server above."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.exchange import down
from courses.exchange.upstream import Unreachable, Upstream
from courses.models import LastPull
from elearning.errors import ServiceError

# sysexits.h: a temporary failure.
TRY_AGAIN = 75


class Command(BaseCommand):
    help = (
        "Take down what UPSTREAM_URL has for this site. Exits with 0 when this site now has it, "
        "with 75 when the line or the server failed and the same command may work later, "
        "with 1 when somebody must mend what the message says."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="also when nothing changed there: undoes what was changed here since",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._pull(always=options["all"])
        except Unreachable as error:
            raise CommandError(error.message, returncode=TRY_AGAIN) from error
        except ServiceError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(
                f"A file could not be kept ({error.strerror}). Make room on the disk, then try again."
            ) from error

    def _pull(self, *, always: bool) -> None:
        upstream = Upstream(settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL)
        last = None if always else LastPull.objects.filter(upstream=upstream.url).first()
        answer = upstream.down(last.etag if last else "")
        if answer.data is None:
            self.stdout.write("Nothing has changed there.")
            return
        loaded = down.load(answer.data, upstream.file)
        for line in loaded.as_lines():
            self.stdout.write(line)
        if loaded.left:
            raise CommandError("\n".join(each.as_text() for each in loaded.left))
        # After anything else the next run looks at everything again.
        LastPull.objects.create(upstream=upstream.url, etag=answer.etag[:100])
