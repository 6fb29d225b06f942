"""One attempt of an officer of a cohort."""

import uuid
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.attempts import reader
from assessments.models import Attempt
from assessments.results.seen import SeenAttempt, seen_attempt
from courses.access import visible_cohort
from courses.models import Cohort
from courses.selectors.one_test import AttemptRow
from courses.selectors.standings import headings_of
from elearning.users.models import User


@dataclass(frozen=True)
class AttemptPage:
    row: AttemptRow
    seen: SeenAttempt
    heading: str
    # Those who marked, by id.
    people: dict[uuid.UUID, User]


def attempt_page(person: User, cohort_id: uuid.UUID, attempt_id: uuid.UUID) -> AttemptPage:
    """Http404 for an attempt of nobody in this cohort, or at a module that it does not have."""
    cohort = visible_cohort(person, cohort_id)
    reader.catch_up()
    attempt = get_object_or_404(Attempt, pk=attempt_id)
    officer = _officer(cohort, attempt)
    seen = seen_attempt(attempt)
    markers = {mark.by for item in seen.items for mark in item.marks}
    return AttemptPage(
        row=AttemptRow(attempt, officer, cohort),
        seen=seen,
        heading=headings_of([attempt.module])[attempt.module],
        people=User.objects.in_bulk(markers),
    )


def _officer(cohort: Cohort, attempt: Attempt) -> User:
    members = cohort.memberships.filter(left=None, officer=attempt.learner)
    membership = members.select_related("officer").first()
    if membership is None or not cohort.assignments.filter(module=attempt.module).exists():
        raise Http404
    return membership.officer
