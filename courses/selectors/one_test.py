"""One test: who sat it, and how its items did."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404

from assessments.models import Attempt, Standing
from assessments.results.analysis import AnalysedItem, analysed, choices_of
from assessments.results.contents import contents
from assessments.results.parts import Parts, TestPart, parts_of
from assessments.results.remarks import sentences
from assessments.results.sittings import first_marked, newest, sittings
from courses import rules
from courses.access import require, visible_cohort
from courses.filters import SHOWN
from courses.models import Cohort
from courses.selectors.forms import PAIRED
from courses.selectors.rows import AttemptRow, attempt_rows
from courses.selectors.sat import Sat, in_cohort, sat_by
from courses.selectors.standings import Roll, roll_of
from elearning.users.models import User
from elearning.users.roles import Role


@dataclass(frozen=True)
class ItemRow:
    """`choices`: text, whether right, and its counts, one row each. Rounded here, once for the screen and
    the file; a time is in whole seconds."""

    number: int
    analysed: AnalysedItem
    objective: str
    choices: list[dict[str, Any]]
    remarks: list[str]

    @property
    def text(self) -> str:
        return str(self.analysed.content.get("text", ""))

    @property
    def facility(self) -> Decimal:
        return rules.computed(self.analysed.figures.facility)

    @property
    def index(self) -> float | None:
        return rules.hundredths(self.analysed.figures.index)

    @property
    def correlation(self) -> float | None:
        return rules.hundredths(self.analysed.figures.correlation)

    @property
    def time(self) -> int | None:
        times = self.analysed.figures.times
        return round(times.median / 1000) if times else None


@dataclass(frozen=True)
class TestPage:
    """`cohort` is None for the page over all cohorts. `counted`: the attempts behind the figures of
    the items, the first marked one of each officer; `more`: there are more than are counted."""

    part: TestPart
    heading: str
    cohort: Cohort | None
    attempts: list[AttemptRow]
    items: list[ItemRow]
    counted: int
    more: bool
    show: str

    @property
    def paired(self) -> bool:
        """Whether it has forms."""
        return self.part.purpose in PAIRED


def cohort_test(person: User, cohort_id: uuid.UUID, test_id: uuid.UUID, show: str) -> TestPage:
    """Http404 for a test of no module of this cohort, and as in courses.access."""
    cohort = visible_cohort(person, cohort_id)
    return _page(person, roll_of([cohort]), test_id, show, cohort)


def one_test(
    person: User, test_id: uuid.UUID, show: str = "", cohort_id: uuid.UUID | None = None
) -> TestPage:
    """Over all cohorts that the person may see, or one of them."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    cohorts = Cohort.objects.visible_to(person)
    if cohort_id:
        cohorts = cohorts.filter(pk=cohort_id)
    return _page(person, roll_of(cohorts), test_id, show, None)


def _page(
    person: User, roll: Roll, test_id: uuid.UUID, show: str, cohort: Cohort | None
) -> TestPage:
    if show not in SHOWN:
        raise Http404
    sat = sat_by(roll, test_id)
    found = _found(roll, sat, test_id)
    attempts = [attempt for attempt, _officer, _cohort in found]
    parts = parts_of(roll.headings, {test_id})
    part = _part(parts, roll, attempts, test_id)
    first = first_marked(attempts)
    counted = newest(first)
    shown = [each for each in found if _counts(each[0], show)]
    return TestPage(
        part=part,
        heading=roll.headings[part.module],
        cohort=cohort,
        attempts=attempt_rows(person, shown, (each for some in sat.values() for each in some)),
        items=_items(analysed(sittings(counted), contents(counted)), parts),
        counted=len(counted),
        more=len(counted) < len(first),
        show=show,
    )


def _part(parts: Parts, roll: Roll, attempts: list[Attempt], test_id: uuid.UUID) -> TestPart:
    """Http404 where no module of these cohorts has or had the test."""
    if (known := parts.tests.get(test_id)) and known.module in roll.headings:
        return known
    if not attempts:
        raise Http404
    sat = attempts[0]
    gone = parts.test(test_id, sat.module)
    return TestPart(test_id, sat.module, gone.heading, sat.purpose)


def _found(roll: Roll, sat: Sat, test_id: uuid.UUID) -> list[tuple[Attempt, User, Cohort]]:
    """By officer and then by time; an officer of two cohorts is shown in the first of them."""
    people = {officer.pk: officer for each in roll.officers.values() for officer in each}
    found: dict[uuid.UUID, tuple[Attempt, User, Cohort]] = {}
    for cohort in roll.cohorts:
        for assignment in roll.assignments.get(cohort.pk, []):
            for attempt in in_cohort(roll, sat, cohort, assignment.module):
                if attempt.test == test_id:
                    found.setdefault(attempt.pk, (attempt, people[attempt.learner], cohort))
    return list(found.values())


def _counts(attempt: Attempt, show: str) -> bool:
    return {
        "": True,
        "handed-in": attempt.handed_in is not None,
        "to-mark": attempt.standing == Standing.TO_MARK,
        "marked": attempt.standing == Standing.MARKED,
        "passed": attempt.passed is True,
        "flagged": bool(attempt.flags),
    }[show]


def _items(found: list[AnalysedItem], parts: Parts) -> list[ItemRow]:
    return [
        ItemRow(
            number=number,
            analysed=each,
            objective=parts.objective(each.content.get("objective")),
            choices=_choices(each),
            remarks=sentences(each),
        )
        for number, each in enumerate(found, start=1)
    ]


def _choices(item: AnalysedItem) -> list[dict[str, Any]]:
    texts = {choice["id"]: choice["text"] for choice in choices_of(item.content)}
    return [
        {"text": texts[count.choice], "right": count.choice in item.right, "count": count}
        for count in item.figures.choices
    ]
