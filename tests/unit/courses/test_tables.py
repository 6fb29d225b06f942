"""Tables as CSV and XLSX files."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from courses.tables import Cell, Table, safe_text, to_csv, to_xlsx

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]
SEEN = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)


def table(*rows: list[Cell], rtl: bool = False) -> Table:
    return Table("Cohorts", ["A", "B", "C"], list(rows), ZoneInfo("Asia/Colombo"), rtl)


def read_csv(made: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(made).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == f"'{text}"
    assert read_csv(table([text, None, None]))[1][0] == f"'{text}"
    sheet = load_workbook(io.BytesIO(to_xlsx(table([text, None, None])))).active
    assert sheet["A2"].data_type == "s"
    # XML reads a carriage return as a line feed.
    assert sheet["A2"].value.replace("\r", "\n") == f"'{text}".replace("\r", "\n")


@pytest.mark.parametrize("text", ["Border course A", "a=b", "Ko-operation", "اردو", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_a_dangerous_heading_is_guarded_too() -> None:
    made = Table("T", ["=HEAD"], [], ZoneInfo("UTC"))
    assert read_csv(made) == [["'=HEAD"]]
    assert load_workbook(io.BytesIO(to_xlsx(made))).active["A1"].value == "'=HEAD"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    made = table(["a\x00b\x0bc", None, None])
    assert load_workbook(io.BytesIO(to_xlsx(made))).active["A2"].value == "abc"


def test_a_csv_file_begins_with_the_mark_that_excel_needs_and_keeps_every_script() -> None:
    made = table(["မြန်မာ", 'ලාංකික, "x"', None])
    assert to_csv(made).startswith(b"\xef\xbb\xbf")
    assert read_csv(made)[1] == ["မြန်မာ", 'ලාංකික, "x"', ""]


def test_numbers_are_numbers() -> None:
    made = table([12, Decimal("0.67"), None])
    assert read_csv(made)[1] == ["12", "0.67", ""]
    sheet = load_workbook(io.BytesIO(to_xlsx(made))).active
    assert [cell.value for cell in sheet[2]] == [12, 0.67, None]
    assert sheet["B2"].number_format == "0%"


def test_a_time_is_written_in_the_zone_of_the_site() -> None:
    made = table([SEEN, None, None])
    assert read_csv(made)[1][0] == "2026-11-23T02:00:00+05:30"
    sheet = load_workbook(io.BytesIO(to_xlsx(made))).active
    assert sheet["A2"].value == datetime(2026, 11, 23, 2, 0)


def test_the_sheet_of_a_right_to_left_language_begins_at_the_right() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(table(rtl=True)))).active
    assert sheet.sheet_view.rightToLeft
