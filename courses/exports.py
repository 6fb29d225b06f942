"""What a coordinator takes out of the system, and the note that it was taken."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses import exports_of_tests, tables
from courses.access import require
from courses.filters import Filters
from courses.models import ExportLog
from courses.selectors.overview import Overview, Tally, officers_table, overview
from courses.selectors.standings import Standing
from courses.tables import WRITERS, Cell, Table
from elearning.users.models import User
from elearning.users.roles import Role


@dataclass(frozen=True)
class File:
    name: str
    mime: str
    content: bytes


def export(*, by: User, table: str, kind: str, filters: Filters) -> File:
    """The table as a file, with one ExportLog; Http404 for a table or format that is not offered.

    The name of the file holds the table and the day: no person, no cohort. The file is made
    before the note and outside any transaction: a site server has one writer at a time, and
    officers' answers would wait for the file.
    """
    require(by, Role.COORDINATOR)
    if table not in TABLES or kind not in WRITERS:
        raise Http404
    made = TABLES[table](by, filters)
    mime, write = WRITERS[kind]
    name = f"{table}-{timezone.localdate().isoformat()}.{kind}"
    file = File(name, mime, write(made))
    ExportLog.objects.create(
        person=by, table=table, format=kind, filters=filters.as_dict(), rows=len(made.rows)
    )
    return file


def cohort_headings() -> list[str]:
    return [
        _("Cohort"),
        _("Trainers"),
        _("Module"),
        _("Officers"),
        _("Not started"),
        _("In progress"),
        _("Passed"),
        _("Failed"),
        _("Completion"),
        _("Average score"),
    ]


def cohort_cells(found: Overview) -> list[list[Cell]]:
    """The rows of the coordinator's table and its total, as they stand on the screen."""
    rows: list[list[Cell]] = [
        [row.cohort.name, row.trainers, row.heading or None, *_tally_cells(row.tally)]
        for row in found.rows
    ]
    total = pgettext("the last row of a table", "Total")
    return [*rows, [total, None, None, *_tally_cells(found.total)]]


def _tally_cells(tally: Tally) -> list[Cell]:
    return [
        tally.officers,
        tally.not_started,
        tally.in_progress,
        tally.passed,
        tally.failed,
        tally.completion,
        tally.score,
    ]


def officer_headings() -> list[str]:
    return [
        _("Officer"),
        _("User name"),
        _("Cohort"),
        _("Module"),
        _("State"),
        _("Score"),
        _("Last seen"),
        _("Days overdue"),
    ]


def officer_cells(row: Standing) -> list[Cell]:
    return [
        row.officer.name,
        row.officer.username,
        row.cohort.name,
        row.heading or None,
        row.state_label,
        row.score,
        row.last_seen,
        row.days_late or None,
    ]


def _cohorts(by: User, filters: Filters) -> Table:
    return tables.table(_("Cohorts"), cohort_headings(), cohort_cells(overview(by, filters)))


def _officers(by: User, filters: Filters) -> Table:
    rows = [officer_cells(row) for row in officers_table(by, filters)]
    return tables.table(_("Officers"), officer_headings(), rows)


TABLES: dict[str, Callable[[User, Filters], Table]] = {
    "cohorts": _cohorts,
    "officers": _officers,
    **exports_of_tests.TABLES,
}
