"""Whose a long answer is to mark.

A trainer marks where a cohort of theirs has the officer and the module; a module that no cohort of the
officer has may be marked by any trainer of the officer. Where nobody is left who could, it comes to
the coordinators, and so does an answer that two have marked differently. Nobody marks themselves.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from assessments.models import Attempt, AttemptAnswer, Mark, Standing
from assessments.rules.moderation import Waits
from courses.access import require
from courses.models import Cohort, Membership
from elearning.users.models import User
from elearning.users.roles import Role, has_role

# How long a mark may be joined by a second that nobody waits for; by its address, always.
RECENT = timedelta(days=90)


@dataclass(frozen=True)
class Whose:
    """`trained`: the person who asks may mark it as a trainer. `nobodys`: no trainer is left who could."""

    trained: bool
    nobodys: bool


@dataclass(frozen=True)
class Marker:
    """`cohorts`: those that the person trains. `coordinates`: sees every cohort, decides between markers,
    and marks what has no trainer."""

    person: User
    cohorts: list[uuid.UUID]
    coordinates: bool

    @property
    def trains(self) -> bool:
        """Whether there are officers whose answers may come."""
        return Membership.objects.filter(cohort__in=self.cohorts, left=None).exists()

    def answers(self, attempts: QuerySet[Attempt]) -> QuerySet[AttemptAnswer]:
        """The answers of these attempts that are not the person's own, those first that were handed in
        first, each with `trained` and `nobodys` as in Whose."""
        of = Attempt.objects.filter(pk=OuterRef("attempt"))
        found = AttemptAnswer.objects.filter(attempt__in=attempts.values("pk"))
        return (
            found.exclude(learner=self.person.pk)
            .annotate(
                module=Subquery(of.values("module")), handed_in=Subquery(of.values("handed_in"))
            )
            .annotate(trained=_truth(self._trained), nobodys=_truth(~_in_hand(_staffed())))
            .order_by("handed_in", "attempt", "item")
        )

    def waiting(self) -> QuerySet[AttemptAnswer]:
        """What waits for a mark of this person."""
        given = _marks()
        wanted = Q(trained=True)
        if self.coordinates:
            wanted |= Q(nobodys=True) | Q(Exists(given.filter(role=Mark.Role.SECOND)))
        found = self.answers(Attempt.objects.filter(standing=Standing.TO_MARK))
        return found.filter(wanted, ~Exists(given.filter(by=self.person.pk)), points=None)

    def free(self) -> QuerySet[Mark]:
        """The only marks of what waits for nobody, where this person may add a second; the last first, and
        none of long ago."""
        attempts = Attempt.objects.filter(self._trained, pk=OuterRef("attempt"))
        marked = AttemptAnswer.objects.filter(
            attempt=OuterRef("attempt"), item=OuterRef("item"), points__isnull=False
        )
        if not self.cohorts:
            return Mark.objects.none()
        found = Mark.objects.filter(at__gte=timezone.now() - RECENT).exclude(by=self.person.pk)
        return found.filter(
            ~Exists(_marks().exclude(pk=OuterRef("pk"))),
            Exists(marked),
            Exists(attempts.exclude(learner=self.person.pk)),
        ).order_by("-at", "-pk")

    @property
    def _trained(self) -> Q:
        return _in_hand(Q(cohort__in=self.cohorts))

    def may_see(self, whose: Whose) -> bool:
        return whose.trained or self.coordinates

    def may_give(self, role: str, whose: Whose) -> bool:
        """Whose turn it is, assessments.marking.services says."""
        moderates = role == Mark.Role.MODERATOR
        return whose.trained or (self.coordinates and (moderates or whose.nobodys))

    def role(self, whose: Whose, waits: Waits, marks: Iterable[Mark]) -> str:
        """The mark that this person may give now; "" where it is none."""
        given = {mark.role: mark.by for mark in marks}
        if self.person.pk in given.values():
            return ""
        if waits == Waits.MODERATOR:
            wanted = Mark.Role.MODERATOR
        elif not given:
            wanted = Mark.Role.FIRST
        elif given.keys() == {Mark.Role.FIRST}:
            wanted = Mark.Role.SECOND
        else:
            return ""
        return str(wanted) if self.may_give(wanted, whose) else ""


def marker(person: User) -> Marker:
    """PermissionDenied for all but trainers and coordinators."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    cohorts = list(Cohort.objects.trained_by(person).values_list("pk", flat=True))
    return Marker(person, cohorts, has_role(person, Role.COORDINATOR))


def _marks() -> QuerySet[Mark]:
    """Those of the row's answer."""
    return Mark.objects.filter(attempt=OuterRef("attempt"), item=OuterRef("item"))


def _truth(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _in_hand(staffed: Q) -> Q:
    """Whether a cohort that is `staffed` (of a Membership) may mark the row, which has `learner` and `module`."""
    member = Membership.objects.filter(officer=OuterRef("learner"), left=None)
    here = member.filter(cohort__assignments__module=OuterRef("module"))
    return Exists(here.filter(staffed)) | (Exists(member.filter(staffed)) & ~Exists(here))


def _staffed() -> Q:
    """The cohort has a trainer who is not the officer and has not marked the row's answer."""
    roles = Q(groups__name__in=(Role.TRAINER, Role.ADMINISTRATOR)) | Q(is_superuser=True)
    row = {name: OuterRef(OuterRef(OuterRef(name))) for name in ("attempt", "item")}
    trainers = Cohort.trainers.through.objects.filter(
        cohort=OuterRef("cohort"), user__in=User.objects.filter(roles, is_active=True)
    )
    marked = Mark.objects.filter(**row).values("by")
    return Q(Exists(trainers.exclude(user=OuterRef("officer")).exclude(user__in=marked)))
