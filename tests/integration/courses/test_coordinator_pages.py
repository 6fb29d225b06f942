"""The coordinator's table, its files, and that they agree."""

import csv
import io
import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from courses.filters import Filters
from courses.models import ExportLog
from courses.selectors.overview import officers_table, overview
from courses.tables import WRITERS, Table
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.conftest import School


@pytest.fixture
def client(school: School) -> Client:
    return world.web(school.coordinator)


@pytest.fixture
def busy(school: School) -> School:
    """Two trainers, three cohorts, two modules, every state, and names that try to be formulas."""
    second = world.module("Investigation", lessons=4)
    more = world.officers(4, start=11)
    evil = world.person("evil", Role.OFFICER, first_name="=HYPERLINK(1)", last_name="x")
    world.cohort(school.other_trainer, "+Night", [*more, evil], school.module, second)
    world.cohort(school.other_trainer, "Empty", [], school.module)
    world.cohort(school.other_trainer, "Nothing yet", more[:1])
    world.overdue(school.cohort, timezone.localdate() - timedelta(days=2))
    world.learns(school.officers[0], school.module, "passed", scaled=0.9167)
    world.learns(school.officers[1], school.module, "failed", scaled=0.3333)
    world.learns(school.officers[2], school.module, "answered")
    world.learns(more[0], second, "passed", scaled=0.8)
    world.learns(more[0], school.module, "passed", scaled=1)
    world.learns(evil, school.module, "failed", scaled=0.25)
    return school


def read_csv(response: HttpResponse) -> list[list[str]]:
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def read_xlsx(response: HttpResponse) -> list[list[object]]:
    rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [list(row) for row in rows]


def same(shown: str, text: str, cell: object) -> bool:
    """Whether a cell of the screen, of the CSV file and of the XLSX file say the same."""
    if cell is None:
        return shown == text == ""
    if isinstance(cell, int | float):
        return Decimal(shown) == Decimal(text) == Decimal(str(cell))
    if isinstance(cell, datetime):
        times = [timezone.localtime(datetime.fromisoformat(each)) for each in (shown, text)]
        return {each.replace(microsecond=0, tzinfo=None) for each in times} == {cell}
    return text == cell and shown == text.removeprefix("'")


@pytest.mark.parametrize("table", ["cohorts", "officers"])
@pytest.mark.parametrize("narrowed", ["", "cohort", "module"])
@pytest.mark.parametrize("language", ["en", "ur", "my", "sr"])
def test_screen_csv_and_xlsx_agree_cell_for_cell(
    busy: School, table: str, narrowed: str, language: str
) -> None:
    client = world.web(busy.coordinator, language)
    query = {"": "", "cohort": f"?cohort={busy.cohort.pk}", "module": f"?module={busy.module}"}
    path = {"cohorts": "/training/", "officers": "/training/officers/"}[table] + query[narrowed]
    shown = world.table(client.get(path), table)
    files = f"/training/export/{table}"
    texts = read_csv(client.get(f"{files}.csv{query[narrowed]}"))
    cells = read_xlsx(client.get(f"{files}.xlsx{query[narrowed]}"))
    assert len(shown) == len(texts) == len(cells) > 2
    for lines in zip(shown, texts, cells, strict=True):
        for each in zip(*lines, strict=True):
            assert same(*each), each


def test_the_rows_count_states_and_the_total_is_of_all_officers(busy: School) -> None:
    found = overview(busy.coordinator, Filters())
    rows = {(row.cohort.name, row.heading): row.tally for row in found.rows}
    first = rows["Border course A", "Introduction"]
    assert (first.not_started, first.in_progress, first.passed, first.failed) == (0, 1, 1, 1)
    assert (first.officers, first.completion) == (3, Decimal("0.33"))
    assert first.score == Decimal("0.62")  # of 0.9167 and 0.3333, which is 0.625
    assert rows["Empty", "Introduction"].completion is None
    assert rows["Nothing yet", ""].officers == 1
    assert found.total.officers == sum(tally.officers for tally in rows.values()) == 14
    assert found.total.passed == sum(tally.passed for tally in rows.values()) == 3
    assert found.total.completion == Decimal("0.23")  # 3 of 13: one officer has nothing to do
    assert found.total.score == Decimal("0.66")  # of five scores, not of the rows' averages


@pytest.mark.parametrize(
    ("scaled", "shown"),
    [(2 / 12, "16 %"), (5 / 12, "41 %"), (8 / 12, "66 %"), (0.795, "79 %"), (11 / 12, "91 %")],
)
def test_a_score_is_shown_as_the_tablet_shows_it(school: School, scaled: float, shown: str) -> None:
    verb = "passed" if scaled >= 0.8 else "failed"
    world.learns(school.officers[0], school.module, verb, scaled=scaled)
    page = world.web(school.coordinator, "mk").get("/training/officers/").content.decode()
    share = f"0.{shown[:2]}"
    assert f'<data value="{share}">{shown}</data>' in page.replace("\xa0", " ")
    path = "/training/export/officers.csv"
    rows = read_csv(world.web(school.coordinator).get(path))
    assert share in {row[5] for row in rows}


def test_every_number_opens_as_many_officers_as_it_counts(busy: School, client: Client) -> None:
    page = client.get("/training/").content.decode()
    links = re.findall(r'href="([^"]*officers/[^"]*state=[^"]*)"><data value="(\d+)">', page)
    assert len(links) >= 8
    for link, count in links:
        rows = world.table(client.get(link.replace("&amp;", "&")), "officers")
        assert len(rows) - 1 == int(count), link
    assert len(officers_table(busy.coordinator, Filters())) == 14


def test_a_filter_stays_in_the_url_of_the_form_and_of_the_files(
    busy: School, client: Client
) -> None:
    page = client.get(f"/training/?module={busy.module}").content.decode()
    assert f'<option value="{busy.module}" selected>' in page
    assert f'/training/export/cohorts.csv?module={busy.module}"' in page
    assert "Investigation" not in "".join(
        cell for row in world.table(client.get(f"/training/?module={busy.module}"), "cohorts")
        for cell in row
    )  # fmt: skip


def test_the_officers_list_narrows_by_state(busy: School, client: Client) -> None:
    page = client.get(f"/training/officers/?cohort={busy.cohort.pk}&state=failed")
    assert [row[1] for row in world.table(page, "officers")[1:]] == ["officer2"]


def test_formulas_are_guarded_in_both_files(busy: School, client: Client) -> None:
    texts = read_csv(client.get("/training/export/officers.csv"))
    assert "'=HYPERLINK(1) x" in {row[0] for row in texts}
    assert "'+Night" in {row[2] for row in texts}
    book = load_workbook(io.BytesIO(client.get("/training/export/officers.xlsx").content))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds


def test_each_export_is_noted_without_a_name_of_an_officer(busy: School, client: Client) -> None:
    path = f"/training/export/officers.xlsx?cohort={busy.cohort.pk}&state=passed"
    response = client.get(path)
    (log,) = ExportLog.objects.all()
    assert (log.person, log.table, log.format, log.rows) == (
        busy.coordinator, "officers", "xlsx", 1,
    )  # fmt: skip
    assert log.filters == {"cohort": str(busy.cohort.pk), "state": "passed"}
    today = timezone.localdate().isoformat()
    assert f'filename="officers-{today}.xlsx"' in response["Content-Disposition"]


def test_no_transaction_is_open_while_the_file_is_made(
    busy: School, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a site server it would keep every officer's answers waiting."""
    held: list[bool] = []

    def write(table: Table) -> bytes:
        held.append(len(connection.savepoint_ids) > outside)
        assert not ExportLog.objects.exists()
        return b""

    outside = len(connection.savepoint_ids)
    monkeypatch.setitem(WRITERS, "csv", ("text/csv", write))
    assert client.get("/training/export/officers.csv").status_code == 200
    assert held == [False]
    assert ExportLog.objects.count() == 1


def test_a_refused_or_unknown_export_is_not_noted(busy: School, client: Client) -> None:
    assert world.web(busy.trainer).get("/training/export/cohorts.csv").status_code == 403
    assert client.get("/training/export/people.csv").status_code == 404
    assert client.get("/training/export/cohorts.pdf").status_code == 404
    assert client.head("/training/export/cohorts.csv").status_code == 405
    assert not ExportLog.objects.exists()


def test_before_there_is_a_cohort_the_page_says_what_comes_first(db: None) -> None:
    client = world.web(world.person("coordinator1", Role.COORDINATOR))
    assert b"First a trainer makes a cohort" in client.get("/training/").content
    assert b"First open a cohort" in client.get("/training/officers/").content


def test_a_filter_that_fits_nothing_offers_to_show_all(busy: School, client: Client) -> None:
    page = client.get("/training/?cohort=00000000-0000-4000-8000-000000000000").content
    assert b"No cohort fits" in page
    assert b"Show all" in page


def test_a_filter_that_is_no_id_is_not_found(busy: School, client: Client) -> None:
    assert client.get("/training/?cohort=1").status_code == 404


def test_in_urdu_the_page_and_the_sheet_run_from_right_to_left(busy: School) -> None:
    client = world.web(busy.coordinator, "ur")
    assert b'lang="ur" dir="rtl"' in client.get("/training/").content
    book = load_workbook(io.BytesIO(client.get("/training/export/cohorts.xlsx").content))
    assert book.active.sheet_view.rightToLeft


def test_a_long_list_of_officers_comes_in_pages_and_the_file_has_all(
    school: School, client: Client
) -> None:
    world.cohort(school.trainer, "Large", world.officers(210, start=100), school.module)
    page = client.get("/training/officers/")
    assert len(world.table(page, "officers")) == 201
    assert b"Rows 1 to 200 of 213" in page.content
    assert len(world.table(client.get("/training/officers/?page=2"), "officers")) == 14
    assert len(read_csv(client.get("/training/export/officers.csv"))) == 214


def test_queries_do_not_grow_with_thirty_officers_in_three_cohorts(
    school: School, client: Client
) -> None:
    paths = ["/training/", "/training/officers/", "/training/export/officers.csv"]

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found.append(len(captured))
        return found

    world.learns(school.officers[0], school.module)
    counts()
    small = counts()
    second = world.module("Investigation")
    for number in range(3):
        members = world.officers(30, 100 * (number + 1))
        world.cohort(school.trainer, f"C{number}", members, school.module, second)
    assert counts() == small
    assert max(small) <= 25, small
