"""manage.py load_demo_cohorts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import Assignment, Cohort, Membership
from elearning.users.models import Contact
from tests.integration.courses import world


def load() -> None:
    call_command("load_demo_cohorts", verbosity=0)


def test_the_demo_has_one_cohort_and_officers_to_spare(db: None, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo_people", verbosity=0)
    module = world.module("Introduction")
    for _time in range(2):
        load()
    cohort = Cohort.objects.get()
    assert cohort.name == "Border course A"
    assert [trainer.username for trainer in cohort.trainers.all()] == ["trainer1"]
    names = Membership.objects.values_list("officer__username", flat=True)
    assert set(names) == {f"officer{number}" for number in range(1, 11)}
    assignment = Assignment.objects.get()
    assert assignment.module == module
    assert assignment.due == timezone.localdate() + timedelta(days=14)
    assert not Contact.objects.exists()


def test_what_a_trainer_changed_since_stays(db: None, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo_people", verbosity=0)
    world.module("Introduction")
    load()
    Cohort.objects.update(name="Renamed")
    Assignment.objects.all().delete()
    load()
    assert Cohort.objects.get().name == "Renamed"
    assert not Assignment.objects.exists()


def test_without_the_module_nothing_is_left_half_made(db: None, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_demo_people", verbosity=0)
    with pytest.raises(CommandError, match="load_modules"):
        load()
    assert not Cohort.objects.exists()


def test_it_refuses_to_run_outside_the_demo(db: None) -> None:
    with pytest.raises(CommandError, match="demo"):
        load()
