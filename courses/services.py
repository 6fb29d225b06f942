"""What trainers do to their cohorts.

Every verb takes the acting person as `by` and the ids that came with the request, and checks the
right itself: Http404 for another trainer's cohort, PermissionDenied for a role with no business
here, ServiceError for what the person can mend.
"""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.access import changeable_cohort, require
from courses.models import NAME_LENGTH, Assignment, Cohort, Membership
from courses.roll import Added, has_control_characters, is_visible, officers_named
from elearning.errors import ServiceError
from elearning.users.models import User
from elearning.users.roles import Role, has_role
from modules.selectors import module_choices


@transaction.atomic
def create_cohort(*, by: User, name: str) -> Cohort:
    """Raises ServiceError `bad-name` or `name-taken`."""
    require(by, Role.TRAINER)
    name = _checked_name(by, name)
    cohort = Cohort.objects.create(name=name)
    cohort.trainers.add(by)
    return cohort


@transaction.atomic
def rename_cohort(*, by: User, cohort_id: uuid.UUID, name: str) -> Cohort:
    cohort = changeable_cohort(by, cohort_id)
    cohort.name = _checked_name(by, name, besides=cohort)
    cohort.save(update_fields=["name"])
    return cohort


def _checked_name(by: User, name: str, besides: Cohort | None = None) -> str:
    name = " ".join(name.split())
    if not is_visible(name) or len(name) > NAME_LENGTH or has_control_characters(name):
        raise ServiceError(
            "bad-name",
            _("Give the cohort a name of 1 to %(length)d letters.") % {"length": NAME_LENGTH},
        )
    others = by.cohorts_trained.filter(name=name)
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise ServiceError(
            "name-taken", _("You already have a cohort with this name. Choose another name.")
        )
    return name


@transaction.atomic
def add_trainer(*, by: User, cohort_id: uuid.UUID, username: str) -> User:
    """Share the cohort with a second trainer, who may then do all that the first may."""
    cohort = changeable_cohort(by, cohort_id)
    username = username.strip()
    found = User.objects.filter(username=username, is_active=True)
    trainer = None if has_control_characters(username) else found.first()
    if trainer is None or not has_role(trainer, Role.TRAINER):
        raise ServiceError(
            "unknown-trainer", _("There is no trainer with this user name. Check the spelling.")
        )
    cohort.trainers.add(trainer)
    return trainer


@transaction.atomic
def remove_trainer(*, by: User, cohort_id: uuid.UUID, trainer_id: uuid.UUID) -> None:
    """Raises ServiceError `last-trainer`: a cohort without one could be opened by no trainer."""
    changeable_cohort(by, cohort_id)
    cohort = Cohort.objects.select_for_update().get(pk=cohort_id)
    if not cohort.trainers.exclude(pk=trainer_id).exists():
        raise ServiceError(
            "last-trainer", _("A cohort needs a trainer. Add another trainer first.")
        )
    cohort.trainers.remove(*cohort.trainers.filter(pk=trainer_id))


@transaction.atomic
def add_officers(*, by: User, cohort_id: uuid.UUID, names: str) -> Added:
    """Add the officers whose user names stand in `names`, one a line: all of them or none.

    Who is in the cohort already stays in it. Raises ServiceError `bad-lines` with
    `lines: [{line, text, message}]`, one for each line that is wrong.
    """
    cohort = changeable_cohort(by, cohort_id)
    officers = officers_named(names)
    here = set(
        cohort.memberships.filter(left=None, officer__in=officers).values_list("officer", flat=True)
    )
    now = timezone.now()
    Membership.objects.bulk_create(
        [Membership(cohort=cohort, officer=each, joined=now) for each in officers
         if each.pk not in here],
        update_conflicts=True,
        unique_fields=["cohort", "officer"],
        update_fields=["joined", "left"],
    )  # fmt: skip
    return Added(added=len(officers) - len(here), already=len(here))


@transaction.atomic
def remove_officer(*, by: User, cohort_id: uuid.UUID, officer_id: uuid.UUID) -> None:
    """End the membership. What the officer learned stays in the log and counts elsewhere."""
    cohort = changeable_cohort(by, cohort_id)
    membership = get_object_or_404(cohort.memberships, officer=officer_id, left=None)
    membership.left = timezone.now()
    membership.save(update_fields=["left"])


@transaction.atomic
def assign_module(
    *, by: User, cohort_id: uuid.UUID, module: uuid.UUID | None, due: date | None
) -> Assignment:
    """Raises ServiceError `unknown-module`, `already-assigned` or `past-date`."""
    cohort = changeable_cohort(by, cohort_id)
    if module not in _uuids(module_choices()):
        raise ServiceError("unknown-module", _("Choose one of the modules in the list."))
    _check_date(due)
    assignment, created = Assignment.objects.get_or_create(
        cohort=cohort, module=module, defaults={"due": due, "assigned_by": by}
    )
    if not created:
        raise ServiceError(
            "already-assigned",
            _("This module is assigned already. Change its due date in the table."),
        )
    return assignment


@transaction.atomic
def change_due(
    *, by: User, cohort_id: uuid.UUID, assignment_id: uuid.UUID, due: date | None
) -> Assignment:
    """A new due date, or none; raises ServiceError `past-date`."""
    cohort = changeable_cohort(by, cohort_id)
    assignment = get_object_or_404(cohort.assignments, pk=assignment_id)
    if due != assignment.due:
        _check_date(due)
    assignment.due = due
    assignment.save(update_fields=["due"])
    return assignment


@transaction.atomic
def withdraw_assignment(*, by: User, cohort_id: uuid.UUID, assignment_id: uuid.UUID) -> None:
    """The module is asked for no more; what was learned stays in the log."""
    cohort = changeable_cohort(by, cohort_id)
    get_object_or_404(cohort.assignments, pk=assignment_id).delete()


def _uuids(choices: Iterable[tuple[uuid.UUID, str]]) -> set[uuid.UUID]:
    return {module for module, _heading in choices}


def _check_date(due: date | None) -> None:
    if due is not None and due < timezone.localdate():
        raise ServiceError("past-date", _("This day is over. Choose today or a later day."))
