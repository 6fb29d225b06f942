"""Who marks whose long answers: trainers those of their officers; a coordinator decides where two differ.

An answer goes by a code until it is marked: who gave it must not weigh.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from assessments.attempts import tests
from assessments.attempts.keys import kept
from assessments.marking import services
from assessments.marking.outcomes import Answered, marks_of, outcome_of
from assessments.models import Attempt, AttemptAnswer, Mark
from assessments.results.contents import Content
from assessments.rules.moderation import Waits
from courses.access import require
from courses.models import Cohort, Membership
from elearning.users.models import User
from elearning.users.roles import Role, has_role

LONG = "long"


@dataclass(frozen=True)
class Marker:
    """A person, and the officers whose answers they may mark."""

    person: User
    officers: frozenset[uuid.UUID]
    coordinates: bool

    def may_see(self, learner: uuid.UUID) -> bool:
        return learner != self.person.pk and (self.coordinates or learner in self.officers)

    def role(self, learner: uuid.UUID, waits: Waits, marks: list[Mark]) -> str:
        """The mark that this person may give now; "" where it is none."""
        if not self.may_see(learner) or any(mark.by == self.person.pk for mark in marks):
            return ""
        if waits == Waits.MODERATOR:
            return str(Mark.Role.MODERATOR)
        if learner not in self.officers:
            return ""
        given = {mark.role for mark in marks}
        if not given:
            return str(Mark.Role.FIRST)
        return str(Mark.Role.SECOND) if given == {Mark.Role.FIRST} else ""


@dataclass(frozen=True)
class Long:
    """A long answer that was handed in, and what was given for it."""

    attempt: Attempt
    answer: AttemptAnswer
    content: Content
    marks: list[Mark]
    second_marker: bool

    @property
    def code(self) -> str:
        return code(self.attempt.pk)

    @property
    def waits(self) -> Waits:
        return outcome_of(self.content, self.marks, second_marker=self.second_marker).waits

    @property
    def response(self) -> str:
        return str(self.answer.response[0])

    @property
    def key(self) -> Answered:
        return self.attempt.pk, self.answer.item


def marker(person: User) -> Marker:
    """PermissionDenied for all but trainers and coordinators; two queries."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    trained = Cohort.objects.trained_by(person).values("pk")
    members = Membership.objects.filter(cohort__in=trained, left=None)
    officers = frozenset(members.values_list("officer", flat=True))
    return Marker(person, officers, has_role(person, Role.COORDINATOR))


def code(attempt: uuid.UUID) -> str:
    """The same for all answers of an attempt, and nothing that an officer or another page shows."""
    return hashlib.sha256(f"marking\n{attempt}".encode()).hexdigest()[:6].upper()


def long_answers(attempts: Mapping[uuid.UUID, Attempt]) -> list[Long]:
    """Those that were really answered and whose rubric is on this server, the oldest first.

    Five queries.
    """
    rows = AttemptAnswer.objects.filter(attempt__in=list(attempts))
    answers = [row for row in rows if row.response and str(row.response[0]).strip()]
    contents = kept(row.item for row in answers)
    marks = marks_of(attempts)
    # As the edition that the officer took it in has it: what an author wants now is for later attempts.
    taken = tests.find(map(tests.Named.by, attempts.values()))
    found = [
        Long(
            attempts[row.attempt],
            row,
            contents[str(row.item), row.version],
            marks.get((row.attempt, row.item), []),
            second_marker=_wants_second(taken, attempts[row.attempt]),
        )
        for row in answers
        if contents.get((str(row.item), row.version), {}).get("kind") == LONG
    ]
    return sorted(found, key=lambda each: (each.attempt.handed_in or each.answer.at, each.key))


def _wants_second(taken: Mapping[tests.Named, tests.Test], attempt: Attempt) -> bool:
    test = taken.get(tests.Named.by(attempt))
    return test is not None and test.second_marker


def one_long(who: Marker, attempt_id: uuid.UUID, item_id: uuid.UUID) -> Long:
    """Http404 where it is no answer that this person may see."""
    attempt = Attempt.objects.filter(pk=attempt_id, handed_in__isnull=False).first()
    if attempt is None or not who.may_see(attempt.learner):
        raise Http404
    for each in long_answers({attempt.pk: attempt}):
        if each.answer.item == item_id:
            return each
    raise Http404


def mark(
    *, by: User, attempt_id: uuid.UUID, item_id: uuid.UUID, role: str, levels: dict[str, str],
    comment: str,
) -> Long:  # fmt: skip
    """Give a mark; returns the answer as it stands after it. Http404 for an answer or a role that is
    none of this person's; ServiceError as in assessments.marking.services."""
    who = marker(by)
    found = one_long(who, attempt_id, item_id)
    if role not in Mark.Role.values or not _may_give(who, found, role):
        raise Http404
    services.give_mark(
        by=by.pk,
        answer=found.answer,
        role=role,
        levels=levels,
        comment=comment,
        second_marker=found.second_marker,
    )
    return one_long(who, attempt_id, item_id)


def _may_give(who: Marker, found: Long, role: str) -> bool:
    """A trainer of the officer any mark, a coordinator a moderator's; whose turn it is, the service says."""
    return found.attempt.learner in who.officers or (
        who.coordinates and role == Mark.Role.MODERATOR
    )
