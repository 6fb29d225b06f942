"""Tests of cohorts: how many began, handed in, were marked, passed, are flagged, and what was learned."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from assessments.attempts import reader
from assessments.models import Attempt, Purpose, Standing
from assessments.results.contents import contents
from assessments.results.gains import NONE, LearningGain, learning_gain
from assessments.results.parts import Parts, TestPart, parts_of
from assessments.results.sittings import first_marked, sittings
from assessments.rules.statistics import Gain
from courses import rules
from courses.access import require, visible_cohort
from courses.filters import Filters
from courses.models import Cohort
from courses.selectors.standings import Roll, roll_of
from elearning.users.models import User
from elearning.users.roles import Role

# Officer and module: whose attempts at what.
Sat = dict[tuple[uuid.UUID, uuid.UUID], list[Attempt]]


@dataclass(frozen=True)
class TestTally:
    """Counts of attempts, but `officers`, each once. `passed` is None where nothing is passed."""

    officers: int
    begun: int
    handed_in: int
    to_mark: int
    marked: int
    passed: int | None
    flagged: int
    mean: float | None


@dataclass(frozen=True)
class TestRow:
    cohort: Cohort
    module: uuid.UUID
    heading: str
    part: TestPart
    tally: TestTally


@dataclass(frozen=True)
class GainRow:
    """The gain in one objective, or in the whole test where `label` is blank."""

    label: str
    gain: Gain


@dataclass(frozen=True)
class ModuleGain:
    module: uuid.UUID
    heading: str
    rows: list[GainRow]


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


def sat_by(roll: Roll) -> Sat:
    """The attempts of the officers of these cohorts at the modules assigned there, the first first; one query
    after catching up with the log."""
    reader.catch_up()
    learners = {officer.pk for officers in roll.officers.values() for officer in officers}
    found: Sat = defaultdict(list)
    attempts = Attempt.objects.filter(learner__in=learners, module__in=set(roll.headings))
    for attempt in attempts.order_by("begun", "pk"):
        found[attempt.learner, attempt.module].append(attempt)
    return found


def in_cohort(roll: Roll, sat: Sat, cohort: Cohort, module: uuid.UUID) -> list[Attempt]:
    officers = roll.officers.get(cohort.pk, [])
    return [attempt for each in officers for attempt in sat.get((each.pk, module), [])]


def tally(attempts: Iterable[Attempt], purpose: str) -> TestTally:
    found = list(attempts)
    scores = [float(each.scaled) for each in first_marked(found) if each.scaled is not None]
    decides = purpose in (Purpose.GRADED, Purpose.PRACTICE)
    return TestTally(
        officers=len({each.learner for each in found}),
        begun=len(found),
        handed_in=sum(each.handed_in is not None for each in found),
        to_mark=sum(each.standing == Standing.TO_MARK for each in found),
        marked=sum(each.standing == Standing.MARKED for each in found),
        passed=sum(each.passed is True for each in found) if decides else None,
        flagged=sum(bool(each.flags) for each in found),
        mean=fmean(scores) if scores else None,
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
    return rows, _gains(roll, sat, parts)


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


def _gains(roll: Roll, sat: Sat, parts: Parts) -> list[ModuleGain]:
    """Of all these officers together, by module; three queries for all modules."""
    chosen = {module: _paired(roll, sat, module) for module in roll.headings}
    every = [attempt for found in chosen.values() for attempt in found]
    known = contents(every)
    sat_again = {sitting.attempt.pk: sitting for sitting in sittings(every)}
    found = [
        (module, learning_gain([sat_again[each.pk] for each in attempts], known))
        for module, attempts in chosen.items()
    ]
    return sorted(
        (
            ModuleGain(module, roll.headings[module], _gain_rows(one, parts))
            for module, one in found
            if one
        ),
        key=lambda each: rules.natural(each.heading),
    )


def _paired(roll: Roll, sat: Sat, module: uuid.UUID) -> list[Attempt]:
    """The first marked pre-test and post-test of each officer, in any of the cohorts that has the module."""
    learners = {
        officer.pk
        for cohort, assignments in roll.assignments.items()
        if any(each.module == module for each in assignments)
        for officer in roll.officers.get(cohort, [])
    }
    attempts = [each for learner in learners for each in sat.get((learner, module), [])]
    return first_marked(each for each in attempts if each.purpose in (Purpose.PRE, Purpose.POST))


def _gain_rows(found: LearningGain, parts: Parts) -> list[GainRow]:
    """The whole test first, then the objectives in the order of the module."""
    order = {objective: place for place, objective in enumerate(parts.objectives)}
    names = sorted(found.objectives, key=lambda name: (order.get(name, len(order)), name))
    by_objective = [
        GainRow(parts.objective("" if name == NONE else name), found.objectives[name])
        for name in names
    ]
    return [GainRow("", found.whole), *by_objective]
