"""Who may open which cohort, and which attempt. Another trainer's cohort does not exist for those who may not see it."""

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from assessments.models import Attempt, Purpose
from courses.models import Cohort
from elearning.users.roles import Role, has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from elearning.users.models import User

    Person = User | AnonymousUser


def require(person: "Person", *roles: Role) -> None:
    """Raises PermissionDenied (403) unless the person has one of these roles."""
    if not has_role(person, *roles):
        raise PermissionDenied


def visible_cohort(person: "Person", cohort_id: uuid.UUID) -> Cohort:
    """Raises PermissionDenied (403) without a role here, Http404 for a cohort of somebody else."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    return get_object_or_404(Cohort.objects.visible_to(person), pk=cohort_id)


def changeable_cohort(person: "Person", cohort_id: uuid.UUID) -> Cohort:
    """Raises Http404 for what the person can't see, PermissionDenied for what they only read."""
    visible_cohort(person, cohort_id)
    cohort = Cohort.objects.changeable_by(person).filter(pk=cohort_id).first()
    if cohort is None:
        raise PermissionDenied
    return cohort


def may_change(person: "Person", cohort: Cohort) -> bool:
    return Cohort.objects.changeable_by(person).filter(pk=cohort.pk).exists()


def may_open(person: "Person", attempt: Attempt) -> bool:
    """Nobody opens the own attempt, which is shown with its keys; those of practice are on the tablet."""
    return attempt.learner != person.pk or attempt.purpose == Purpose.PRACTICE
