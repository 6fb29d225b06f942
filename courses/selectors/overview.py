"""The coordinator's table, and the officers behind each of its numbers.

The screen and both export files are made of what these return, so they can't differ.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import State
from courses import rules
from courses.access import require
from courses.filters import Filters
from courses.models import Assignment, Cohort
from courses.selectors.standings import (
    Roll,
    Standing,
    assignments_shown,
    headings_of,
    roll_of,
    standings,
)
from elearning.users.models import User
from elearning.users.roles import Role


@dataclass(frozen=True)
class Tally:
    """What a set of standings adds up to; `officers` counts an officer once in each of them."""

    officers: int
    states: dict[str, int]
    completion: Decimal | None
    score: Decimal | None

    @property
    def not_started(self) -> int:
        return self.states[State.NOT_STARTED]

    @property
    def in_progress(self) -> int:
        return self.states[State.IN_PROGRESS]

    @property
    def passed(self) -> int:
        return self.states[State.PASSED]

    @property
    def failed(self) -> int:
        return self.states[State.FAILED]


@dataclass(frozen=True)
class OverviewRow:
    """One cohort in one module; `filters` opens the officers that its numbers count."""

    cohort: Cohort
    trainers: str
    heading: str
    tally: Tally
    filters: Filters


@dataclass(frozen=True)
class Overview:
    rows: list[OverviewRow]
    total: Tally


def overview(person: User, filters: Filters) -> Overview:
    """All cohorts in all their modules; PermissionDenied for all but coordinators."""
    require(person, Role.COORDINATOR)
    roll = _roll(person, filters)
    found: dict[tuple[uuid.UUID, uuid.UUID | None], list[Standing]] = {}
    for row in (rows := standings(roll, filters)):
        found.setdefault(_key(row.cohort, row.assignment), []).append(row)
    shown = [
        _row(cohort, assignment, roll, found.get(_key(cohort, assignment), []))
        for cohort in roll.cohorts
        for assignment in assignments_shown(roll, cohort, filters)
    ]
    return Overview(shown, tally(rows))


def officers_table(person: User, filters: Filters) -> list[Standing]:
    """One row an officer, cohort and module, of the cohorts that the person may see."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    return standings(_roll(person, filters), filters)


def tally(rows: Iterable[Standing]) -> Tally:
    found = list(rows)
    states = {state.value: sum(row.state == state for row in found) for state in State}
    return Tally(
        officers=len(found),
        states=states,
        completion=rules.share(states[State.PASSED], sum(states.values())),
        score=rules.mean(row.exact_score for row in found if row.exact_score is not None),
    )


def cohort_choices(person: User) -> list[tuple[uuid.UUID, str]]:
    cohorts = Cohort.objects.visible_to(person).values_list("pk", "name")
    return sorted(cohorts, key=lambda choice: rules.natural(choice[1]))


def assigned_choices(person: User) -> list[tuple[uuid.UUID, str]]:
    """The modules that some cohort of theirs has, also those no longer published."""
    visible = Cohort.objects.visible_to(person).values("pk")
    modules = Assignment.objects.filter(cohort__in=visible).values_list("module", flat=True)
    headings = headings_of(modules.distinct())
    return sorted(headings.items(), key=lambda choice: rules.natural(choice[1]))


def _roll(person: User, filters: Filters) -> Roll:
    cohorts = Cohort.objects.visible_to(person).prefetch_related("trainers")
    if filters.cohort:
        cohorts = cohorts.filter(pk=filters.cohort)
    return roll_of(cohorts, filters.module)


def _key(cohort: Cohort, assignment: Assignment | None) -> tuple[uuid.UUID, uuid.UUID | None]:
    return cohort.pk, assignment.module if assignment else None


def _row(
    cohort: Cohort, assignment: Assignment | None, roll: Roll, found: list[Standing]
) -> OverviewRow:
    trainers = sorted((trainer.name for trainer in cohort.trainers.all()), key=rules.natural)
    return OverviewRow(
        cohort=cohort,
        trainers=", ".join(trainers),
        heading=roll.headings[assignment.module] if assignment else "",
        tally=tally(found),
        filters=Filters(cohort=cohort.pk, module=assignment.module if assignment else None),
    )
