"""Who learns what, with whom and by when."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from elearning.users.models import User
from elearning.users.roles import Role, has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

NAME_LENGTH = 100


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, person: "User | AnonymousUser") -> "CohortQuerySet":
        """A coordinator sees every cohort, a trainer the own ones, nobody else any."""
        if has_role(person, Role.COORDINATOR):
            return self
        return self.trained_by(person)

    def changeable_by(self, person: "User | AnonymousUser") -> "CohortQuerySet":
        """Own cohorts of a trainer; an administrator may mend any, when a trainer has left."""
        if has_role(person, Role.ADMINISTRATOR):
            return self
        return self.trained_by(person)

    def trained_by(self, person: "User | AnonymousUser") -> "CohortQuerySet":
        if person.pk is None or not has_role(person, Role.TRAINER):
            return self.none()
        mine = Cohort.trainers.through.objects.filter(user_id=person.pk).values("cohort_id")
        return self.filter(pk__in=mine)


class Cohort(models.Model):
    """A group of officers who learn together, and the trainers who follow them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    created = models.DateTimeField(auto_now_add=True)
    trainers = models.ManyToManyField(User, related_name="cohorts_trained")

    objects = CohortQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An officer in a cohort; `left` ends it and keeps that it was."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="memberships")
    officer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    joined = models.DateTimeField()
    left = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "officer"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} in {self.cohort_id}"


class Assignment(models.Model):
    """A module that a cohort is to learn by the end of the day `due`, in the site's time zone.

    The module is named by UUID: an assignment outlives the page, as the record of learning does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="assignments")
    module = models.UUIDField(_("module"))
    due = models.DateField(_("due date"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="assigned"
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "module"], name="one_assignment_a_module")
        ]

    def __str__(self) -> str:
        return f"{self.module} for {self.cohort_id}"


class ExportLog(models.Model):
    """Who took which table out of the system, when; it names no officer."""

    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="exports")
    at = models.DateTimeField(auto_now_add=True)
    table = models.CharField(max_length=20)
    format = models.CharField(max_length=4)
    filters = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.table}.{self.format} by {self.person_id} at {self.at}"


class FromCentre(models.Model):
    """What here was handed down by the centre: there it is decided, and there it is ended.

    What is not named here was made at this site and is left alone by what comes down.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        COHORT = "cohort"
        ASSIGNMENT = "assignment"
        MODULE = "module"  # its editions

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="handed_down_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ReplacedEdition(models.Model):
    """The site's own edition whose number an edition of the centre has taken.

    Kept because statements may name it by language and version; tablets that hold it keep it.
    """

    module = models.UUIDField()
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    manifest = models.TextField()
    replaced = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.module} {self.language} {self.version}"


class LastPull(models.Model):
    """The ETag of what was last taken from a centre; one row, and none after any other hand-over."""

    upstream = models.CharField(max_length=500)
    etag = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.upstream} at {self.at}"
