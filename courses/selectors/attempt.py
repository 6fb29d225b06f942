"""One attempt of an officer of a cohort."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.attempts import reader
from assessments.models import Attempt
from assessments.results.seen import SeenAttempt, seen_attempt
from courses.access import may_open, visible_cohort
from courses.models import Cohort, ReplacedEdition
from courses.selectors.forms import PAIRED
from courses.selectors.rows import AttemptRow, attempt_rows
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
    """Http404 for an attempt of nobody in this cohort, or at a module that it does not have;
    PermissionDenied for the person's own, which has the keys, unless it is practice."""
    cohort = visible_cohort(person, cohort_id)
    reader.catch_up()
    attempt = get_object_or_404(Attempt, pk=attempt_id)
    officer = _officer(cohort, attempt)
    if not may_open(person, attempt):
        raise PermissionDenied
    (row,) = attempt_rows(person, [(attempt, officer, cohort)], _at_this_module(attempt))
    seen = seen_attempt(attempt, _replaced(attempt))
    markers = {mark.by for item in seen.items for mark in item.marks}
    return AttemptPage(
        row=row,
        seen=seen,
        heading=headings_of([attempt.module])[attempt.module],
        people=User.objects.in_bulk(markers),
    )


def _at_this_module(attempt: Attempt) -> Iterable[Attempt]:
    """Of the same officer: the pre-test of a post-test, and the other way round."""
    if attempt.purpose not in PAIRED:
        return []
    return Attempt.objects.filter(learner=attempt.learner, module=attempt.module)


def _replaced(attempt: Attempt) -> list[str]:
    """The manifests of the site's own editions whose number the centre's has taken."""
    found = ReplacedEdition.objects.filter(
        module=attempt.module, language=attempt.language, version=attempt.version
    )
    return list(found.order_by("-replaced", "-pk").values_list("manifest", flat=True))


def _officer(cohort: Cohort, attempt: Attempt) -> User:
    members = cohort.memberships.filter(left=None, officer=attempt.learner)
    membership = members.select_related("officer").first()
    if membership is None or not cohort.assignments.filter(module=attempt.module).exists():
        raise Http404
    return membership.officer
