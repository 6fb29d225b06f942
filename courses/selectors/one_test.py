"""One test: who sat it, and how its items did."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Attempt, Standing
from assessments.results.analysis import AnalysedItem, analysed, choices_of
from assessments.results.contents import contents
from assessments.results.parts import Parts, TestPart, parts_of
from assessments.results.remarks import sentences
from assessments.results.sittings import first_marked, sittings
from courses import flags, rules
from courses.access import require, visible_cohort
from courses.models import Cohort
from courses.selectors.standings import Roll, roll_of
from courses.selectors.tests import TestTally, in_cohort, sat_by, tally
from elearning.users.models import User
from elearning.users.roles import Role

# What a number of the tables counts, and so what the list of attempts is narrowed to.
SHOWN: dict[str, Promise] = {
    "": _("All attempts"),
    "handed-in": _("Handed in"),
    "to-mark": _("Waits for marking"),
    "marked": pgettext_lazy("of attempts", "Marked"),
    "passed": pgettext_lazy("of attempts", "Passed"),
    "flagged": _("Flagged"),
}


@dataclass(frozen=True)
class AttemptRow:
    attempt: Attempt
    officer: User
    cohort: Cohort

    @property
    def flags(self) -> list[str]:
        return flags.in_words(self.attempt.flags)

    @property
    def standing(self) -> str:
        return str(Standing(self.attempt.standing).label)

    @property
    def score(self) -> Decimal | None:
        """Cut to whole hundredths, as everywhere."""
        found = self.attempt.scaled
        return None if found is None else rules.percent(found)


@dataclass(frozen=True)
class ItemRow:
    """`choices`: text, whether right, and its counts, one row each."""

    number: int
    analysed: AnalysedItem
    objective: str
    choices: list[dict[str, Any]]
    remarks: list[str]

    @property
    def text(self) -> str:
        return str(self.analysed.content.get("text", ""))


@dataclass(frozen=True)
class TestPage:
    """`cohort` is None for the page over all cohorts. `counted`: the attempts behind the figures of
    the items, the first marked one of each officer."""

    part: TestPart
    heading: str
    cohort: Cohort | None
    tally: TestTally
    attempts: list[AttemptRow]
    items: list[ItemRow]
    counted: int
    show: str


def cohort_test(person: User, cohort_id: uuid.UUID, test_id: uuid.UUID, show: str) -> TestPage:
    """Http404 for a test of no module of this cohort, and as in courses.access."""
    cohort = visible_cohort(person, cohort_id)
    return _page(roll_of([cohort]), test_id, show, cohort)


def one_test(
    person: User, test_id: uuid.UUID, show: str, cohort_id: uuid.UUID | None = None
) -> TestPage:
    """Over all cohorts that the person may see, or one of them."""
    require(person, Role.TRAINER, Role.COORDINATOR)
    cohorts = Cohort.objects.visible_to(person)
    if cohort_id:
        cohorts = cohorts.filter(pk=cohort_id)
    return _page(roll_of(cohorts), test_id, show, None)


def _page(roll: Roll, test_id: uuid.UUID, show: str, cohort: Cohort | None) -> TestPage:
    if show not in SHOWN:
        raise Http404
    rows = _rows(roll, test_id)
    parts = parts_of(roll.headings, {test_id})
    part = _part(parts, roll, rows, test_id)
    attempts = list({row.attempt.pk: row.attempt for row in rows}.values())
    counted = first_marked(attempts)
    known = contents(counted)
    return TestPage(
        part=part,
        heading=roll.headings[part.module],
        cohort=cohort,
        tally=tally(attempts, part.purpose),
        attempts=[row for row in rows if _counts(row.attempt, show)],
        items=_items(analysed(sittings(counted), known), parts),
        counted=len(counted),
        show=show,
    )


def _part(parts: Parts, roll: Roll, rows: list[AttemptRow], test_id: uuid.UUID) -> TestPart:
    """Http404 where no module of these cohorts has or had the test."""
    if (known := parts.tests.get(test_id)) and known.module in roll.headings:
        return known
    if not rows:
        raise Http404
    sat = rows[0].attempt
    gone = parts.test(test_id, sat.module)
    return TestPart(test_id, sat.module, gone.heading, sat.purpose)


def _rows(roll: Roll, test_id: uuid.UUID) -> list[AttemptRow]:
    """By officer and then by time; an officer of two cohorts is shown in the first of them."""
    sat = sat_by(roll)
    people = {officer.pk: officer for each in roll.officers.values() for officer in each}
    found: dict[uuid.UUID, AttemptRow] = {}
    for cohort in roll.cohorts:
        for assignment in roll.assignments.get(cohort.pk, []):
            for attempt in in_cohort(roll, sat, cohort, assignment.module):
                if attempt.test == test_id:
                    row = AttemptRow(attempt, people[attempt.learner], cohort)
                    found.setdefault(attempt.pk, row)
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
