"""Tests of cohorts: how many began, handed in, were marked, passed, are flagged, and what was learned."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Attempt, Purpose, Standing
from assessments.results.parts import Parts, TestPart, parts_of
from assessments.results.sittings import first_marked
from courses import rules
from courses.access import require, visible_cohort
from courses.filters import Filters
from courses.models import Cohort
from courses.selectors.gains import ModuleGain, gains
from courses.selectors.sat import Sat, in_cohort, sat_by
from courses.selectors.standings import Roll, roll_of
from elearning.users.models import User
from elearning.users.roles import Role


@dataclass(frozen=True)
class TestTally:
    """Counts of attempts, but `officers`, each once. `passed` is None where nothing is passed."""

    officers: int
    begun: int
    handed_in: int
    marked: int
    passed: int | None
    flagged: int
    mean: Decimal | None


@dataclass(frozen=True)
class TestRow:
    cohort: Cohort
    module: uuid.UUID
    heading: str
    part: TestPart
    tally: TestTally


@dataclass(frozen=True)
class CohortTests:
    cohort: Cohort
    rows: list[TestRow]
    gains: list[ModuleGain]
    assigned: bool


@dataclass(frozen=True)
class TestsOverview:
    rows: list[TestRow]
    gains: list[ModuleGain]


def cohort_tests(person: User, cohort_id: uuid.UUID) -> CohortTests:
    """Every test of the cohort's modules; Http404 or PermissionDenied as in courses.access."""
    cohort = visible_cohort(person, cohort_id)
    roll = roll_of([cohort])
    rows, gains = _tables(roll)
    return CohortTests(cohort, rows, gains, assigned=bool(roll.headings))


def tests_overview(person: User, filters: Filters) -> TestsOverview:
    """The same of all cohorts that the person may see; an officer of two cohorts learned once."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    cohorts = Cohort.objects.visible_to(person)
    if filters.cohort:
        cohorts = cohorts.filter(pk=filters.cohort)
    return TestsOverview(*_tables(roll_of(cohorts, filters.module)))


def tally(attempts: Iterable[Attempt], purpose: str) -> TestTally:
    found = list(attempts)
    scores = [each.scaled for each in first_marked(found) if each.scaled is not None]
    decides = purpose in (Purpose.GRADED, Purpose.PRACTICE)
    return TestTally(
        officers=len({each.learner for each in found}),
        begun=len(found),
        handed_in=sum(each.handed_in is not None for each in found),
        marked=sum(each.standing == Standing.MARKED for each in found),
        passed=sum(each.passed is True for each in found) if decides else None,
        flagged=sum(bool(each.flags) for each in found),
        mean=rules.mean(scores),
    )


def _tables(roll: Roll) -> tuple[list[TestRow], list[ModuleGain]]:
    sat = sat_by(roll)
    attempts = [attempt for found in sat.values() for attempt in found]
    parts = parts_of(roll.headings, {attempt.test for attempt in attempts})
    rows = [
        row
        for cohort in roll.cohorts
        for assignment in roll.assignments.get(cohort.pk, [])
        for row in _rows(roll, sat, parts, cohort, assignment.module)
    ]
    return rows, gains(roll, sat, parts)


def _rows(roll: Roll, sat: Sat, parts: Parts, cohort: Cohort, module: uuid.UUID) -> list[TestRow]:
    """One for each test that the module has or that somebody sat."""
    attempts = in_cohort(roll, sat, cohort, module)
    shown = {part.id: part for part in parts.of(module)}
    for attempt in attempts:
        shown.setdefault(attempt.test, _gone(parts, attempt))
    return [
        TestRow(
            cohort,
            module,
            roll.headings[module],
            part,
            tally([each for each in attempts if each.test == part.id], part.purpose),
        )
        for part in shown.values()
    ]


def _gone(parts: Parts, attempt: Attempt) -> TestPart:
    known = parts.test(attempt.test, attempt.module)
    return TestPart(known.id, known.module, known.heading, attempt.purpose)
