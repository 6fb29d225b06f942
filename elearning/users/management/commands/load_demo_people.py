"""The demo people of shared/DESIGN.md; refuses to run outside the demo settings."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from elearning.users import services
from elearning.users.models import User
from elearning.users.roles import Role

PASSWORD = "elearning-demo"  # noqa: S105 - shown on the sign-in page of the demo
STAFF = {
    "trainer1": (Role.TRAINER, "Asha", "Trainer"),
    "coordinator1": (Role.COORDINATOR, "Milan", "Coordinator"),
    "translator1": (Role.TRANSLATOR, "Thida", "Translator"),
    "author1": (Role.AUTHOR, "Linh", "Author"),
    "admin": (Role.ADMINISTRATOR, "Ada", "Administrator"),
}


class Command(BaseCommand):
    help = "Make officer1 to officer30, trainer1, coordinator1, translator1, author1 and admin."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo people exist only in the demo settings.")
        people = STAFF | {f"officer{n}": (Role.OFFICER, "Officer", str(n)) for n in range(1, 31)}
        password = make_password(PASSWORD)
        for username, (role, first, last) in people.items():
            defaults: dict[str, object] = {
                "first_name": first,
                "last_name": last,
                "password": password,
            }
            if role is Role.ADMINISTRATOR:
                defaults |= {"is_superuser": True, "is_staff": True}
            user, _created = User.objects.get_or_create(username=username, defaults=defaults)
            services.give_role(user, role)
        self.stdout.write(f"{len(people)} demo people")
