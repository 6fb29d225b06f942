"""The tables of tests as files: the same as on the screen, cell for cell."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import ExportLog
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.test_coordinator_pages import read_csv, read_xlsx, same
from tests.integration.courses.tests.conftest import Course
from tests.support import taken as made

Rows = list[list[Any]]
LANGUAGES = ["en", "ur", "my"]
TABLES = ["tests", "gain", "items", "choices", "attempts"]


@pytest.fixture
def busy(course: Course) -> Course:
    """Two cohorts, every state, scores that are no whole percent, and names that try to be formulas."""
    evil = world.person("evil", Role.OFFICER, first_name="=HYPERLINK(1)", last_name="x")
    more = world.officers(11, start=20)
    world.cohort(course.other_trainer, "+Night", [*more, evil], course.module)
    for number, officer in enumerate([*course.officers, *more]):
        strong = number % 3 > 0
        course.took(officer, "Before", strong, strong, False, number % 2 > 0, form="AB"[number % 2])
        course.took(officer, "After", True, strong, False, number % 4 > 0, form="B")
        course.took(officer, "Final", strong, False, number % 2 > 0, True)
    course.took(evil, "Final", True, True, True, True, flags=["over-time", "clock-changed"])
    course.took(evil, "Before", True, True, True, True, standing="open", handed_in=None)
    return course


def shown(client: Client, path: str, table: str) -> Rows:
    """The rows of all tables of the page with this name, the headings once."""
    page = client.get(path).content.decode()
    parts = re.findall(rf'<table [^>]*data-table="{table}".*?</table>', page, re.DOTALL)
    found = [world.table(HttpResponse(part), table) for part in parts]
    return [found[0][0], *(row for each in found for row in each[1:])]


def files(client: Client, table: str, query: str) -> list[Rows]:
    path = f"/training/export/{table}"
    csv, xlsx = client.get(f"{path}.csv{query}"), client.get(f"{path}.xlsx{query}")
    return [read_csv(csv), read_xlsx(xlsx)]


def together(rows: Rows, column: int) -> Rows:
    """Two columns of the file that share a cell on the screen, under the heading of the first."""
    head, *body = rows
    both = [
        [*row[:column], " ".join(filter(None, row[column : column + 2])), *row[column + 2 :]]
        for row in body
    ]
    return [[*head[: column + 1], *head[column + 2 :]], *both]


def without(rows: Rows, *columns: int) -> Rows:
    return [[cell for place, cell in enumerate(row) if place not in columns] for row in rows]


def assert_same(screen: Rows, texts: Rows, cells: Rows) -> None:
    assert len(screen) == len(texts) == len(cells) > 2
    for lines in zip(screen, texts, cells, strict=True):
        for each in zip(*lines, strict=True):
            assert same(*each), each


def narrowed(course: Course, by: str) -> str:
    return {"": "", "cohort": f"?cohort={course.cohort.pk}", "module": f"?module={course.module}"}[
        by
    ]


@pytest.mark.parametrize("by", ["", "cohort", "module"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_tests_agree_cell_for_cell(busy: Course, language: str, by: str) -> None:
    client = world.web(busy.coordinator, language)
    query = narrowed(busy, by)
    texts, cells = (together(each, 0) for each in files(client, "tests", query))
    assert_same(shown(client, f"/training/tests/{query}", "tests"), texts, cells)


@pytest.mark.parametrize("by", ["", "cohort", "module"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_gain_agrees_cell_for_cell(busy: Course, language: str, by: str) -> None:
    """But for the interval, which the screen writes as words."""
    client = world.web(busy.coordinator, language)
    query = narrowed(busy, by)
    screen = shown(client, f"/training/tests/{query}", "gain")
    texts, cells = (without(each, 0, 7, 8, 11) for each in files(client, "gain", query))
    assert_same(without(screen, 6), texts, cells)


def test_the_interval_and_the_n_of_own_gains_are_the_same_too(busy: Course) -> None:
    client = world.web(busy.coordinator)
    texts, _cells = files(client, "gain", "")
    screen = shown(client, "/training/tests/", "gain")
    intervals = [f"{int(row[7]):+d} to {int(row[8]):+d}" for row in texts[1:]]
    assert [row[6] for row in screen[1:]] == intervals
    page = client.get("/training/tests/").content.decode()
    apart = [row[11] for row in texts[1:] if row[11] != row[2]]
    assert re.findall(r"\(n (\d+)\)", page) == apart != []


@pytest.mark.parametrize("test", ["Final", "Before"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_items_and_choices_agree_cell_for_cell(busy: Course, language: str, test: str) -> None:
    """But for the words of the question and of the remarks, which the table of the screen cuts short."""
    client = world.web(busy.coordinator, language)
    path, query = f"/training/tests/{made.name(test)}/", f"?test={made.name(test)}"
    texts, cells = (without(each, 0, 1, 2, 8) for each in files(client, "items", query))
    assert_same(without(shown(client, path, "items"), 0, 6), texts, cells)
    texts, cells = (without(each, 0, 1) for each in files(client, "choices", query))
    assert_same(shown(client, path, "choices"), texts, cells)


def test_questions_and_remarks_are_in_the_file_in_full(busy: Course) -> None:
    client = world.web(busy.coordinator)
    path, query = f"/training/tests/{made.name('Final')}/", f"?test={made.name('Final')}"
    texts, _cells = files(client, "items", query)
    page = unescape(client.get(path).content.decode())
    headings = re.findall(r"<h3>(\d+)\. <bdi>(.*?)</bdi></h3>", page)
    assert [(row[0], row[1]) for row in texts[1:]] == headings
    articles = page.split('<article class="item')[1:]
    remarks = [re.findall(r"<li>(.*?)</li>", re.split("</article>", each)[0]) for each in articles]
    assert [row[8] for row in texts[1:]] == [" ".join(each) or "Nothing" for each in remarks]
    assert any(remarks)
    choices, _cells = files(client, "choices", query)
    assert {row[1] for row in choices[1:]} == {row[1] for row in texts[1:]}


@pytest.mark.parametrize("show", ["", "marked", "flagged"])
@pytest.mark.parametrize("test", ["Final", "Before"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_attempts_agree_cell_for_cell(busy: Course, language: str, test: str, show: str) -> None:
    busy.took(busy.officers[0], test, True, True, True, False, flags=["over-time"])
    busy.took(busy.officers[1], test, True, True, True, False, flags=["seal-wrong", "new"])
    client = world.web(busy.coordinator, language)
    path = f"/training/tests/{made.name(test)}/?show={show}"
    found = files(client, "attempts", f"?test={made.name(test)}&show={show}")
    texts, cells = (together(each, 6) if test == "Before" else each for each in found)
    assert_same(shown(client, path, "attempts"), texts, cells)


def test_the_pages_of_a_cohort_agree_with_their_files(busy: Course) -> None:
    """They need no column for the cohort, a file does."""
    client = world.web(busy.coordinator)
    query = f"?cohort={busy.cohort.pk}"
    texts, cells = (without(together(each, 0), 1) for each in files(client, "tests", query))
    assert_same(shown(client, busy.url("tests/"), "tests"), texts, cells)
    query = f"{query}&test={made.name('Final')}"
    path = busy.url(f"tests/{made.name('Final')}/")
    texts, cells = (without(each, 1) for each in files(client, "attempts", query))
    assert_same(shown(client, path, "attempts"), texts, cells)


@pytest.mark.parametrize(
    "path", ["/training/tests/", "tests/", "/training/tests/{test}/", "tests/{test}/"]
)
def test_the_page_offers_its_own_tables(busy: Course, path: str) -> None:
    client = world.web(busy.coordinator)
    path = path.format(test=made.name("Final"))
    page = client.get(path if path.startswith("/") else busy.url(path)).content.decode()
    links = re.findall(r'href="(/training/export/[^"]*)"', page)
    assert len(links) == (6 if made.name("Final") in path else 4)
    for link in links:
        assert client.get(unescape(link)).status_code == 200
        assert (str(busy.cohort.pk) in link) == (not path.startswith("/"))


@pytest.mark.parametrize("table", TABLES)
def test_only_coordinators_take_them_and_each_time_is_noted(busy: Course, table: str) -> None:
    path = f"/training/export/{table}.csv?cohort={busy.cohort.pk}&test={made.name('Final')}&show=marked"
    for who in (busy.trainer, busy.officers[0]):
        assert world.web(who).get(path).status_code == 403
    assert not ExportLog.objects.exists()
    response = world.web(busy.coordinator).get(path)
    (log,) = ExportLog.objects.all()
    assert (log.person, log.table, log.format) == (busy.coordinator, table, "csv")
    assert log.filters == {
        "cohort": str(busy.cohort.pk),
        "test": made.name("Final"),
        "show": "marked",
    }
    assert log.rows == len(read_csv(response)) - 1


def test_a_trainer_is_offered_no_file(busy: Course) -> None:
    for path in (busy.url("tests/"), busy.url(f"tests/{made.name('Final')}/"), "/training/tests/"):
        assert b"/training/export/" not in world.web(busy.trainer).get(path).content


@pytest.mark.parametrize("table", ["items", "choices", "attempts"])
def test_a_table_of_no_test_is_not_found(busy: Course, table: str) -> None:
    client = world.web(busy.coordinator)
    for query in (
        "",
        f"?test={made.name('None')}",
        "?test=1",
        f"?test={made.name('Final')}&show=x",
    ):
        assert client.get(f"/training/export/{table}.csv{query}").status_code == 404
    assert not ExportLog.objects.exists()


def test_formulas_are_guarded_and_a_negative_figure_is_a_number(busy: Course) -> None:
    client = world.web(busy.coordinator)
    texts, cells = files(client, "attempts", f"?test={made.name('Final')}")
    assert "'=HYPERLINK(1) x" in {row[0] for row in texts} & {row[0] for row in cells}
    assert "'+Night" in {row[1] for row in texts}
    _texts, cells = files(client, "gain", "")
    assert all(isinstance(cell, int | float) for row in cells[1:] for cell in row[2:])


def test_queries_of_a_file_do_not_grow_with_officers(course: Course) -> None:
    client = world.web(course.coordinator)

    def counts() -> list[int]:
        found = []
        for table in TABLES:
            with CaptureQueriesContext(connection) as captured:
                client.get(f"/training/export/{table}.csv?test={made.name('Before')}")
            found.append(len(captured))
        return found

    def take(*officers: User) -> None:
        for officer in officers:
            for test in ("Before", "After"):
                course.took(officer, test, True, False, True, True, form="A")

    take(course.officers[0])
    counts()
    small = counts()
    take(*course.officers[1:], *course.officers)
    assert counts() == small
    assert max(small) <= 25, small
