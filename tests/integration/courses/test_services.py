"""What a trainer does, whole or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from courses import services
from courses.models import Assignment, Cohort
from courses.selectors.cohorts import cohort_page
from elearning.errors import ServiceError
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.conftest import School


def members(cohort: Cohort) -> set[str]:
    found = cohort.memberships.filter(left=None)
    return set(found.values_list("officer__username", flat=True))


def refused(code: str) -> pytest.RaisesExc[ServiceError]:
    return pytest.RaisesExc(ServiceError, check=lambda error: error.code == code)


def test_one_wrong_line_adds_nobody_and_every_wrong_line_says_why(school: School) -> None:
    world.officers(2, start=11)
    world.person("gone", Role.OFFICER, is_active=False)
    names = "officer11\n\n  offcer12 \ntrainer1\nofficer12\ngone\nnul\x00"
    with pytest.raises(ServiceError) as caught:
        services.add_officers(by=school.trainer, cohort_id=school.cohort.pk, names=names)
    assert caught.value.code == "bad-lines"
    lines = caught.value.detail["lines"]
    assert [(each["line"], each["text"]) for each in lines] == [
        (3, "offcer12"),
        (4, "trainer1"),
        (6, "gone"),
        (7, "nul\x00"),
    ]
    assert len({each["message"] for each in lines}) == 3
    assert members(school.cohort) == {"officer1", "officer2", "officer3"}


def test_a_list_pasted_again_adds_only_who_is_new(school: School) -> None:
    world.officers(1, start=4)
    names = "officer1\r\nofficer4\r\nofficer4\r\n"
    done = services.add_officers(by=school.trainer, cohort_id=school.cohort.pk, names=names)
    assert (done.added, done.already) == (1, 1)
    assert members(school.cohort) == {"officer1", "officer2", "officer3", "officer4"}


@pytest.mark.parametrize("names", ["", " \n\t\n"])
def test_an_empty_list_is_said_to_be_empty(school: School, names: str) -> None:
    with refused("no-lines"):
        services.add_officers(by=school.trainer, cohort_id=school.cohort.pk, names=names)


def test_a_list_of_more_than_five_hundred_lines_is_refused(school: School) -> None:
    with refused("too-many-lines"):
        services.add_officers(
            by=school.trainer, cohort_id=school.cohort.pk, names="officer1\n" * 501
        )


def test_who_leaves_and_comes_back_has_the_same_progress(school: School) -> None:
    officer = school.officers[0]
    world.learns(officer, school.module, "passed", scaled=0.9)
    kwargs = {"by": school.trainer, "cohort_id": school.cohort.pk}
    services.remove_officer(officer_id=officer.pk, **kwargs)
    assert len(cohort_page(school.trainer, school.cohort.pk).officers) == 2
    assert school.cohort.memberships.get(officer=officer).left is not None
    services.add_officers(names=officer.username, **kwargs)
    (row,) = [
        row
        for row in cohort_page(school.trainer, school.cohort.pk).officers
        if row.officer == officer
    ]
    assert row.standings[0].state == "passed"


def test_who_joins_late_brings_what_was_learned_before(school: School) -> None:
    (late,) = world.officers(1, start=9)
    world.learns(late, school.module, "completed")
    services.add_officers(by=school.trainer, cohort_id=school.cohort.pk, names="officer9")
    row = cohort_page(school.trainer, school.cohort.pk).officers[-1]
    assert (row.officer, row.standings[0].state) == (late, "in-progress")
    assert row.standings[0].lessons_done == 1


def test_who_is_not_in_the_cohort_cannot_be_removed(school: School) -> None:
    with pytest.raises(Http404):
        services.remove_officer(
            by=school.trainer, cohort_id=school.cohort.pk, officer_id=school.coordinator.pk
        )


@pytest.mark.parametrize(
    "name", ["", "   ", "\u200b", "\u200d\u2060", "\u3164", "x" * 101, "a\x00b"]
)
def test_a_cohort_needs_a_name_that_can_be_read(school: School, name: str) -> None:
    with refused("bad-name"):
        services.create_cohort(by=school.trainer, name=name)


def test_a_name_keeps_the_joiners_of_sinhala_and_urdu(school: School) -> None:
    name = "ශ්‍රී ලංකා"
    assert services.create_cohort(by=school.trainer, name=name).name == name


def test_two_own_cohorts_have_different_names_and_two_trainers_may_share_one(
    school: School,
) -> None:
    with refused("name-taken"):
        services.create_cohort(by=school.trainer, name=" Border  course A ")
    services.create_cohort(by=school.other_trainer, name="Border course A")


def test_a_cohort_may_be_renamed_to_the_name_it_has(school: School) -> None:
    kwargs = {"by": school.trainer, "cohort_id": school.cohort.pk}
    services.rename_cohort(name="Border course A", **kwargs)
    assert services.rename_cohort(name="Border course B", **kwargs).name == "Border course B"


def test_a_module_is_assigned_once(school: School) -> None:
    with refused("already-assigned"):
        services.assign_module(
            by=school.trainer, cohort_id=school.cohort.pk, module=school.module, due=None
        )


@pytest.mark.parametrize("module", [None, uuid4()])
def test_only_a_published_module_is_assigned(school: School, module: object) -> None:
    with refused("unknown-module"):
        services.assign_module(
            by=school.trainer, cohort_id=school.cohort.pk, module=module, due=None
        )


def test_a_due_date_is_today_or_later(school: School) -> None:
    today = timezone.localdate()
    module = world.module("Investigation")
    kwargs = {"by": school.trainer, "cohort_id": school.cohort.pk}
    with refused("past-date"):
        services.assign_module(module=module, due=today - timedelta(days=1), **kwargs)
    made = services.assign_module(module=module, due=today, **kwargs)
    with refused("past-date"):
        services.change_due(assignment_id=made.pk, due=today - timedelta(days=1), **kwargs)
    assert services.change_due(assignment_id=made.pk, due=None, **kwargs).due is None


def test_a_date_that_has_passed_may_be_saved_unchanged(school: School) -> None:
    past = timezone.localdate() - timedelta(days=3)
    world.overdue(school.cohort, past)
    assignment = school.cohort.assignments.get()
    services.change_due(
        by=school.trainer, cohort_id=school.cohort.pk, assignment_id=assignment.pk, due=past
    )


def test_withdrawing_a_module_keeps_what_was_learned(school: School) -> None:
    world.learns(school.officers[0], school.module, "passed")
    kwargs = {"by": school.trainer, "cohort_id": school.cohort.pk}
    services.withdraw_assignment(assignment_id=school.cohort.assignments.get().pk, **kwargs)
    assert not Assignment.objects.exists()
    services.assign_module(module=school.module, due=None, **kwargs)
    page = cohort_page(school.trainer, school.cohort.pk)
    assert page.officers[0].standings[0].state == "passed"


def test_an_assignment_of_another_cohort_is_not_found(school: School) -> None:
    other = world.cohort(school.other_trainer, "B", [], school.module)
    with pytest.raises(Http404):
        services.withdraw_assignment(
            by=school.trainer,
            cohort_id=school.cohort.pk,
            assignment_id=other.assignments.get().pk,
        )


def test_two_trainers_share_a_cohort_until_one_is_taken_off(school: School) -> None:
    kwargs = {"cohort_id": school.cohort.pk}
    services.add_trainer(by=school.trainer, username=" trainer2 ", **kwargs)
    services.rename_cohort(by=school.other_trainer, name="Ours", **kwargs)
    services.remove_trainer(by=school.other_trainer, trainer_id=school.trainer.pk, **kwargs)
    with pytest.raises(Http404):
        cohort_page(school.trainer, school.cohort.pk)
    with refused("last-trainer"):
        services.remove_trainer(
            by=school.other_trainer, trainer_id=school.other_trainer.pk, **kwargs
        )


@pytest.mark.parametrize("username", ["nobody", "officer1", "coordinator1", "", "\x00"])
def test_only_a_trainer_becomes_a_second_trainer(school: School, username: str) -> None:
    with refused("unknown-trainer"):
        services.add_trainer(by=school.trainer, cohort_id=school.cohort.pk, username=username)


def test_an_administrator_mends_any_cohort(school: School) -> None:
    admin = world.person("admin", Role.ADMINISTRATOR)
    services.add_trainer(by=admin, cohort_id=school.cohort.pk, username="trainer2")
    assert school.cohort.trainers.count() == 2


CHANGES = {
    "rename": lambda by, school: services.rename_cohort(
        by=by, cohort_id=school.cohort.pk, name="Taken over"
    ),
    "add officers": lambda by, school: services.add_officers(
        by=by, cohort_id=school.cohort.pk, names="officer1"
    ),
    "remove an officer": lambda by, school: services.remove_officer(
        by=by, cohort_id=school.cohort.pk, officer_id=school.officers[0].pk
    ),
    "assign": lambda by, school: services.assign_module(
        by=by, cohort_id=school.cohort.pk, module=school.module, due=None
    ),
    "change a date": lambda by, school: services.change_due(
        by=by,
        cohort_id=school.cohort.pk,
        assignment_id=school.cohort.assignments.get().pk,
        due=None,
    ),
    "withdraw": lambda by, school: services.withdraw_assignment(
        by=by, cohort_id=school.cohort.pk, assignment_id=school.cohort.assignments.get().pk
    ),
    "add a trainer": lambda by, school: services.add_trainer(
        by=by, cohort_id=school.cohort.pk, username="trainer2"
    ),
    "remove a trainer": lambda by, school: services.remove_trainer(
        by=by, cohort_id=school.cohort.pk, trainer_id=school.trainer.pk
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nobody_else_changes_a_trainers_cohort(school: School, change: object) -> None:
    with pytest.raises(Http404):
        change(school.other_trainer, school)
    for by in (school.coordinator, school.officers[0], world.person("a", Role.AUTHOR)):
        with pytest.raises(PermissionDenied):
            change(by, school)
    school.cohort.refresh_from_db()
    assert school.cohort.name == "Border course A"
    assert school.cohort.memberships.filter(left=None).count() == 3
    assert (school.cohort.assignments.count(), school.cohort.trainers.count()) == (1, 1)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR, Role.TRANSLATOR, Role.AUTHOR])
def test_only_a_trainer_makes_a_cohort(db: None, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        services.create_cohort(by=world.person("somebody", role), name="Mine")
