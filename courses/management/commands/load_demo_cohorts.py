"""The demo's cohort: officer1 to officer10 with trainer1; refuses to run outside the demo."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from courses import services
from courses.models import Cohort
from elearning.users.models import User
from modules.models import ModulePage

COHORT = "Border course A"
MODULE = "introduction"
DUE = timedelta(days=14)


class Command(BaseCommand):
    help = "Make Border course A of trainer1, with officer1 to officer10 and the first module."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """What is there stays as it is: a trainer may have changed it since."""
        if not settings.DEMO:
            raise CommandError("Demo cohorts exist only in the demo settings.")
        trainer = User.objects.filter(username="trainer1").first()
        if trainer is None:
            raise CommandError("Run load_demo_people first.")
        if trainer.cohorts_trained.exists():
            self.stdout.write("The demo cohort is there already")
            return
        cohort = services.create_cohort(by=trainer, name=COHORT)
        names = "\n".join(f"officer{number}" for number in range(1, 11))
        services.add_officers(by=trainer, cohort_id=cohort.pk, names=names)
        self._assign(trainer, cohort)
        self.stdout.write(f"{COHORT}: 10 officers")

    def _assign(self, trainer: User, cohort: Cohort) -> None:
        module = ModulePage.objects.live().filter(slug=MODULE).first()
        if module is None:
            raise CommandError("Run load_modules first.")
        services.assign_module(
            by=trainer,
            cohort_id=cohort.pk,
            module=module.uuid,
            due=timezone.localdate() + DUE,
        )
