"""Where each officer stands in each module assigned: the one read behind every table."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import progress
from assessments.models import Progress, State
from assessments.selectors import progress_of
from courses import rules
from courses.filters import Filters
from courses.models import Assignment, Cohort, Membership
from elearning.users.models import User
from modules.selectors import entries, module_headings


@dataclass(frozen=True)
class Standing:
    """One officer of one cohort in one assigned module, or in none where nothing is assigned."""

    cohort: Cohort
    officer: User
    assignment: Assignment | None
    heading: str
    lessons_total: int
    today: date
    progress: Progress | None

    @property
    def state(self) -> str:
        """One of `State`, blank where nothing is assigned."""
        if self.assignment is None:
            return ""
        return self.progress.state if self.progress else State.NOT_STARTED.value

    @property
    def state_label(self) -> str:
        return str(State(self.state).label) if self.state else _("Nothing assigned")

    @property
    def score(self) -> Decimal | None:
        """The best of all attempts, 0 to 1, cut to whole hundredths."""
        found = self.progress.score if self.progress else None
        return None if found is None else rules.percent(found)

    @property
    def exact_score(self) -> Decimal | None:
        return self.progress.score if self.progress else None

    @property
    def lessons_done(self) -> int:
        """Never more than the edition of today has: a lesson may have been taken out since."""
        done = len(self.progress.lessons) if self.progress else 0
        return min(done, self.lessons_total) if self.lessons_total else done

    @property
    def last_seen(self) -> datetime | None:
        return self.progress.last_seen if self.progress else None

    @property
    def days_late(self) -> int:
        due = self.assignment.due if self.assignment else None
        return rules.days_late(due, self.state, self.today)


@dataclass(frozen=True)
class Roll:
    """Cohorts with their officers and assignments, each list in the order it is shown."""

    cohorts: list[Cohort]
    officers: dict[uuid.UUID, list[User]]
    assignments: dict[uuid.UUID, list[Assignment]]
    headings: dict[uuid.UUID, str]


def roll_of(cohorts: Iterable[Cohort], module: uuid.UUID | None = None) -> Roll:
    """Three queries, however many cohorts and officers; `module` keeps its assignments only."""
    ordered = sorted(cohorts, key=lambda cohort: (rules.natural(cohort.name), str(cohort.pk)))
    memberships = Membership.objects.filter(cohort__in=ordered, left=None)
    officers: dict[uuid.UUID, list[User]] = defaultdict(list)
    for membership in memberships.select_related("officer"):
        officers[membership.cohort_id].append(membership.officer)
    for members in officers.values():
        members.sort(key=lambda officer: (rules.natural(officer.name), officer.username))
    found = Assignment.objects.filter(cohort__in=ordered)
    assigned = list(found.filter(module=module) if module else found)
    headings = headings_of(each.module for each in assigned)
    assignments: dict[uuid.UUID, list[Assignment]] = defaultdict(list)
    for each in sorted(assigned, key=lambda one: (rules.natural(headings[one.module]), one.pk.hex)):
        assignments[each.cohort_id].append(each)
    return Roll(ordered, officers, assignments, headings)


def headings_of(modules: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """As module_headings, with words for a module that was deleted."""
    wanted = set(modules)
    known = module_headings(wanted)
    return {module: known.get(module) or _("A deleted module") for module in wanted}


def standings(roll: Roll, filters: Filters | None = None) -> list[Standing]:
    """Every officer of every cohort in every module assigned there; two queries after catching up."""
    filters = filters or Filters()
    progress.catch_up()
    modules = set(roll.headings)
    learners = {officer.pk for each in roll.officers.values() for officer in each}
    found = progress_of(learners, modules)
    lessons = lessons_in(modules)
    today = timezone.localdate()
    rows = [
        Standing(
            cohort=cohort,
            officer=officer,
            assignment=assignment,
            heading=roll.headings[assignment.module] if assignment else "",
            lessons_total=lessons.get(assignment.module, 0) if assignment else 0,
            today=today,
            progress=found.get((officer.pk, assignment.module)) if assignment else None,
        )
        for cohort in roll.cohorts
        for assignment in assignments_shown(roll, cohort, filters)
        for officer in roll.officers.get(cohort.pk, [])
    ]
    return [row for row in rows if _kept(row, filters)]


def assignments_shown(roll: Roll, cohort: Cohort, filters: Filters) -> list[Assignment | None]:
    """A cohort without any still shows its officers, once each, unless a module is asked for."""
    found: list[Assignment | None] = list(roll.assignments.get(cohort.pk, []))
    return found or ([] if filters.module else [None])


def _kept(row: Standing, filters: Filters) -> bool:
    return filters.state in ("", row.state) and (not filters.late or row.days_late > 0)


def lessons_in(modules: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many lessons the current editions of each module have."""
    counts: dict[uuid.UUID, int] = {}
    for entry in entries(modules):
        module = uuid.UUID(entry["module"])
        counts[module] = max(counts.get(module, 0), entry["lessons"])
    return counts
