"""Which form of a pre-test or post-test an officer had, and by which assignment it was chosen."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.models import Attempt, Purpose
from assessments.results.gains import pairs, same_form
from assessments.results.sittings import first_marked
from courses.models import Assignment, Cohort
from elearning.templatetags.formats import date
from elearning.users.models import User

PAIRED = (Purpose.PRE, Purpose.POST)


def twice_the_same(attempts: Iterable[Attempt]) -> set[uuid.UUID]:
    """Of the attempts that gains are made of, those whose officer had the same form before and after."""
    by_module: dict[uuid.UUID, list[Attempt]] = defaultdict(list)
    for each in attempts:
        if each.purpose in PAIRED:
            by_module[each.module].append(each)
    return {
        attempt.pk
        for found in by_module.values()
        for pair in pairs(first_marked(found)).values()
        if same_form(*pair)
        for attempt in pair
    }


def assignments_of(person: User, attempts: Iterable[Attempt]) -> dict[uuid.UUID, str]:
    """In words, by attempt, of pre-tests and post-tests; two queries. Another trainer's cohort has no name."""
    paired = [each for each in attempts if each.purpose in PAIRED]
    named = {each.assignment for each in paired if each.assignment}
    known = _known(person, named) if named else {}
    gone = _("An assignment that was withdrawn")
    return {
        each.pk: known.get(each.assignment, gone) if each.assignment else _("No assignment")
        for each in paired
    }


def _known(person: User, named: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    visible = set(
        Cohort.objects.visible_to(person).filter(assignments__in=named).values_list("pk", flat=True)
    )
    found = Assignment.objects.filter(pk__in=named).select_related("cohort")
    return {each.pk: _said(each, visible) for each in found}


def _said(assignment: Assignment, visible: set[uuid.UUID]) -> str:
    if assignment.cohort_id not in visible:
        return _("An assignment of another cohort")
    if assignment.due is None:
        return assignment.cohort.name
    said = {"cohort": assignment.cohort.name, "due": date(assignment.due)}
    return _("%(cohort)s, due %(due)s") % said
