"""A tablet that was lost, or an officer whose tablets must not write any more."""

import re
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from elearning.users import services
from elearning.users.models import Grant, User

# Staff pages show the first eight digits of a tablet's id.
SHORTEST = 8


class Command(BaseCommand):
    help = "End what a tablet, or every tablet of one person, may read and write."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument(
            "device", nargs="?", help="the tablet's UUID, or its first eight digits or more"
        )
        whose.add_argument("--user", help="a user name: the grants of this person on every tablet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["user"] is None:
            count = services.revoke_tablet(device=known_tablet(options["device"]))
        else:
            user = User.objects.filter(username=options["user"]).first()
            if user is None:
                raise CommandError(f"Nobody has the user name {options['user']}.")
            count = services.revoke_grants(user=user)
        self.stdout.write(f"{count} grants revoked")


def known_tablet(start: str) -> uuid.UUID:
    """The one tablet whose id begins so; raises CommandError when there is none or more than one."""
    digits = start.replace("-", "").lower()
    if not re.fullmatch(f"[0-9a-f]{{{SHORTEST},32}}", digits):
        raise CommandError(f"{start} is not a tablet's id, nor its first {SHORTEST} digits.")
    lowest, highest = uuid.UUID(digits.ljust(32, "0")), uuid.UUID(digits.ljust(32, "f"))
    found = Grant.objects.filter(device__range=(lowest, highest)).values_list("device", flat=True)
    tablets = sorted(set(found))
    if len(tablets) != 1:
        names = ", ".join(map(str, tablets)) or "none"
        raise CommandError(f"Not one tablet has an id that begins with {start}, but: {names}.")
    return tablets[0]
