"""A table as plain cells, and the files it goes out in.

Text is text, a number is a number: a count is whole, a share or score is a Decimal from 0 to 1 in
hundredths, cut by rules.percent (the screen shows 0.67 as 67 %), a figure that is no share, such as a correlation,
is a float, a time is an aware datetime, an empty cell is None.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from elearning import languages

Cell = str | int | float | Decimal | datetime | None
# What a spreadsheet program takes for the start of a formula, also in its full-width form
# (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMATS: dict[type, str] = {Decimal: "0%", float: "0.00"}


@dataclass(frozen=True)
class Table:
    """Headings and rows of equal length; times are written in the zone `zone`."""

    title: str
    headings: list[str]
    rows: list[list[Cell]]
    zone: tzinfo
    rtl: bool = False


def table(title: str, headings: list[str], rows: list[list[Cell]]) -> Table:
    """In the active language and time zone."""
    language = languages.BY_CODE[get_language() or languages.SOURCE.code]
    return Table(title, headings, rows, timezone.get_current_timezone(), language.rtl)


def safe_text(text: str) -> str:
    """Text that no spreadsheet program will run: an apostrophe goes before a formula's start."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    starts = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if starts else text


def to_csv(table: Table) -> bytes:
    """UTF-8 with the byte order mark that Excel needs; RFC 4180 lines; times in ISO 8601."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    lines: list[Sequence[Cell]] = [table.headings, *table.rows]
    for row in lines:
        writer.writerow([_csv_cell(cell, table.zone) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell, zone: tzinfo) -> str | int | float | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(zone).isoformat(timespec="seconds")
    return safe_text(cell) if isinstance(cell, str) else cell


def to_xlsx(table: Table) -> bytes:
    """One sheet; a share is a number shown in percent, a time is a date of the zone, which Excel
    can't name."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ILLEGAL_CHARACTERS_RE.sub("", table.title)[:31])
    sheet.sheet_view.rightToLeft = table.rtl
    sheet.freeze_panes = "A2"

    def made(cell: Cell, *, bold: bool = False) -> WriteOnlyCell:
        return _xlsx_cell(WriteOnlyCell(sheet), cell, table.zone, bold=bold)

    sheet.append([made(heading, bold=True) for heading in table.headings])
    for row in table.rows:
        sheet.append([made(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(made: WriteOnlyCell, cell: Cell, zone: tzinfo, *, bold: bool) -> WriteOnlyCell:
    if isinstance(cell, str):
        made.value = safe_text(cell)
        made.data_type = "s"  # never a formula, whatever openpyxl makes of the first letter
    elif isinstance(cell, datetime):
        made.value = cell.astimezone(zone).replace(tzinfo=None, microsecond=0)
        made.number_format = "yyyy-mm-dd hh:mm"
    elif cell is not None:
        made.value = cell
        made.number_format = FORMATS.get(type(cell), "0")
    if bold:
        made.font = Font(bold=True)
    return made


WRITERS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
}
