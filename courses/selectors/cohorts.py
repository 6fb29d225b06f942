"""The trainer's pages: own cohorts, one cohort, one officer."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404

from courses import rules
from courses.access import may_change, require, visible_cohort
from courses.filters import Filters
from courses.models import Assignment, Cohort
from courses.selectors.standings import Standing, roll_of, standings
from courses.selectors.tablets import Tablets, tablets_of
from elearning.users.models import User
from elearning.users.roles import Role


@dataclass(frozen=True)
class CohortSummary:
    """One cohort of a trainer; `late` counts the officers who are behind in some module."""

    cohort: Cohort
    officers: int
    headings: list[str]
    completion: Decimal | None
    late: int

    @property
    def filters(self) -> Filters:
        return Filters(cohort=self.cohort.pk)


@dataclass(frozen=True)
class OfficerRow:
    officer: User
    standings: list[Standing]
    tablets: Tablets


@dataclass(frozen=True)
class AssignmentRow:
    assignment: Assignment
    heading: str


@dataclass(frozen=True)
class CohortPage:
    cohort: Cohort
    trainers: list[User]
    officers: list[OfficerRow]
    assignments: list[AssignmentRow]
    may_change: bool


@dataclass(frozen=True)
class OfficerPage:
    cohort: Cohort
    row: OfficerRow
    may_change: bool


def own_cohorts(person: User) -> list[CohortSummary]:
    """A trainer's own cohorts; the number of queries does not grow with them."""
    require(person, Role.TRAINER)
    roll = roll_of(Cohort.objects.trained_by(person))
    rows = standings(roll)
    return [
        _summary(
            cohort,
            [row for row in rows if row.cohort.pk == cohort.pk],
            officers=len(roll.officers.get(cohort.pk, [])),
            headings=[roll.headings[each.module] for each in roll.assignments.get(cohort.pk, [])],
        )
        for cohort in roll.cohorts
    ]


def _summary(
    cohort: Cohort, rows: list[Standing], *, officers: int, headings: list[str]
) -> CohortSummary:
    assigned = [row for row in rows if row.assignment]
    passed = sum(row.state == rules.PASSED for row in assigned)
    late = {row.officer.pk for row in assigned if row.days_late}
    return CohortSummary(cohort, officers, headings, rules.share(passed, len(assigned)), len(late))


def cohort_page(person: User, cohort_id: uuid.UUID) -> CohortPage:
    """Everything of one cohort, by officer; Http404 or PermissionDenied as in courses.access."""
    cohort = visible_cohort(person, cohort_id)
    roll = roll_of([cohort])
    officers = roll.officers.get(cohort.pk, [])
    by_officer: dict[uuid.UUID, list[Standing]] = {}
    for row in standings(roll):
        by_officer.setdefault(row.officer.pk, []).append(row)
    tablets = tablets_of(officer.pk for officer in officers)
    assigned = roll.assignments.get(cohort.pk, [])
    return CohortPage(
        cohort=cohort,
        trainers=sorted(cohort.trainers.all(), key=lambda one: rules.natural(one.name)),
        officers=[
            OfficerRow(each, by_officer.get(each.pk, []), tablets[each.pk]) for each in officers
        ],
        assignments=[AssignmentRow(each, roll.headings[each.module]) for each in assigned],
        may_change=may_change(person, cohort),
    )


def officer_page(person: User, cohort_id: uuid.UUID, officer_id: uuid.UUID) -> OfficerPage:
    """One officer of the cohort; Http404 also for an officer who is not in it."""
    page = cohort_page(person, cohort_id)
    row = next((row for row in page.officers if row.officer.pk == officer_id), None)
    if row is None:
        raise Http404
    return OfficerPage(page.cohort, row, page.may_change)
