"""What the learner's app asks: my modules, by when, and how far I am (docs/formats.md)."""

import uuid
from typing import Any

from assessments import progress
from assessments.attempts.selectors import results_of
from assessments.models import Progress
from assessments.selectors import progress_of
from courses import rules
from courses.models import Assignment
from courses.selectors.standings import headings_of
from elearning.users.models import User
from modules.selectors import entries


def assigned_to(officer: User) -> list[Assignment]:
    """A module of two cohorts once, by the earlier due date; the soonest due first."""
    chosen: dict[uuid.UUID, Assignment] = {}
    for each in _open_assignments(officer):
        known = chosen.get(each.module)
        if known is None or rules.earlier(each.due, known.due):
            chosen[each.module] = each
    return sorted(chosen.values(), key=lambda each: (each.due is None, each.due or 0, each.created))


def assignments_json(officer: User, *, says_its_format: bool = True) -> dict[str, Any]:
    """The `assignments`, `progress` and `results` of docs/formats.md; headings in the active language.

    `says_its_format`: as modules.selectors.entries has it.
    """
    assigned = assigned_to(officer)
    headings = headings_of(each.module for each in assigned)
    offered: dict[str, list[dict[str, Any]]] = {}
    for entry in entries(headings, says_its_format=says_its_format):
        offered.setdefault(entry["module"], []).append(entry)
    progress.catch_up()
    return {
        "assignments": [
            {
                "id": str(each.pk),
                "module": str(each.module),
                "cohort": each.cohort.name,
                "heading": headings[each.module],
                "due": each.due.isoformat() if each.due else None,
                "editions": offered.get(str(each.module), []),
            }
            for each in assigned
        ],
        "progress": [_progress_json(row) for row in progress_of([officer.pk]).values()],
        "results": results_of(officer.pk),
    }


def _open_assignments(officer: User) -> list[Assignment]:
    """In one query; the order makes the choice between equal due dates the same each time."""
    found = Assignment.objects.filter(
        cohort__memberships__officer=officer, cohort__memberships__left=None
    )
    return list(found.select_related("cohort").order_by("created", "pk"))


def _progress_json(row: Progress) -> dict[str, Any]:
    return {
        "module": str(row.module),
        "state": row.state,
        "score": None if row.score is None else float(row.score),
        "lessons": row.lessons,
        "last_seen": row.last_seen.isoformat(),
    }
