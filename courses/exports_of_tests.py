"""The tables of tests as files.

What shares a cell on the screen, such as a test and its purpose, has a column each here; a file says
of itself which cohort or module a row is of.
"""

from collections.abc import Callable

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.filters import Filters
from courses.selectors.one_test import TestPage, one_test
from courses.selectors.rows import AttemptRow
from courses.selectors.tests import tests_overview
from courses.tables import Cell, Table, table
from elearning.users.models import User


def _tests(by: User, filters: Filters) -> Table:
    headings = [
        _("Test"),
        _("Purpose"),
        _("Cohort"),
        _("Module"),
        _("Officers"),
        _("Begun"),
        _("Handed in"),
        pgettext("of attempts", "Marked"),
        pgettext("of attempts", "Passed"),
        _("Flagged"),
        _("Average score"),
    ]
    rows: list[list[Cell]] = [
        [
            row.part.heading,
            row.part.purpose_label,
            row.cohort.name,
            row.heading,
            row.tally.officers,
            row.tally.begun,
            row.tally.handed_in,
            row.tally.marked,
            row.tally.passed,
            row.tally.flagged,
            row.tally.mean,
        ]
        for row in tests_overview(by, filters).rows
    ]
    return table(_("Tests"), headings, rows)


def _gain(by: User, filters: Filters) -> Table:
    headings = [
        _("Module"),
        _("Objective"),
        pgettext("number of officers", "n"),
        _("Same form"),
        _("Pre-test"),
        _("Post-test"),
        _("Gain in points"),
        _("95 % interval, from"),
        _("95 % interval, to"),
        _("Normalised gain"),
        _("Mean of own gains"),
        _("Mean of own gains, n"),
    ]
    rows: list[list[Cell]] = [
        [
            each.heading,
            row.label or _("Whole test"),
            row.gain.n,
            row.same_form,
            row.pre,
            row.post,
            row.points,
            row.low,
            row.high,
            row.normalised,
            row.individual,
            row.gain.counted,
        ]
        for each in tests_overview(by, filters).gains
        for row in each.rows
    ]
    return table(_("What was learned"), headings, rows)


def _items(by: User, filters: Filters) -> Table:
    headings = [
        pgettext("of a question", "Number"),
        _("Question"),
        _("Objective"),
        pgettext("number of officers", "n"),
        _("Facility"),
        _("Discrimination"),
        _("Correlation"),
        _("Median time"),
        _("To look at"),
    ]
    rows: list[list[Cell]] = [
        [
            row.number,
            row.text or _("A question that this server does not have"),
            row.objective,
            row.analysed.figures.n,
            row.facility,
            row.index,
            row.correlation,
            row.time,
            " ".join(row.remarks) or _("Nothing"),
        ]
        for row in _page(by, filters).items
    ]
    return table(_("Questions"), headings, rows)


def _choices(by: User, filters: Filters) -> Table:
    headings = [
        pgettext("of a question", "Number"),
        _("Question"),
        _("Answer"),
        pgettext("of a question", "Key"),
        pgettext("all officers", "All"),
        _("Strongest"),
        _("Weakest"),
    ]
    right = pgettext("of an answer", "Right")
    rows: list[list[Cell]] = [
        [
            row.number,
            row.text,
            choice["text"],
            right if choice["right"] else None,
            choice["count"].all,
            choice["count"].upper,
            choice["count"].lower,
        ]
        for row in _page(by, filters).items
        for choice in row.choices
    ]
    return table(_("Answers chosen"), headings, rows)


def _attempts(by: User, filters: Filters) -> Table:
    page = _page(by, filters)
    headings = [
        _("Officer"),
        _("Cohort"),
        _("Begun"),
        _("Handed in"),
        _("Arrived here"),
        _("State"),
        *([_("Form"), _("Assignment")] if page.paired else []),
        _("Score"),
        _("To look at"),
    ]
    rows = [_attempt(row, paired=page.paired) for row in page.attempts]
    return table(_("Attempts"), headings, rows)


def _attempt(row: AttemptRow, *, paired: bool) -> list[Cell]:
    attempt = row.attempt
    return [
        row.officer.name,
        row.cohort.name,
        attempt.begun,
        attempt.handed_in,
        attempt.arrived,
        row.standing,
        *([row.form or None, row.assignment or None] if paired else []),
        row.score,
        " ".join(row.flags) or _("Nothing"),
    ]


def _page(by: User, filters: Filters) -> TestPage:
    if filters.test is None:
        raise Http404
    return one_test(by, filters.test, filters.show, filters.cohort)


TABLES: dict[str, Callable[[User, Filters], Table]] = {
    "tests": _tests,
    "gain": _gain,
    "items": _items,
    "choices": _choices,
    "attempts": _attempts,
}
