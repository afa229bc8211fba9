"""The one writer of XLSX files: numbers, dates and instants as such, text as text and never a formula (SAFETY 16)."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from seminars.exports.cells import Value, is_risky

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY, INSTANT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
LONGEST = 32_767
"""How many characters a cell of a spreadsheet may hold; what is beyond is left out."""
LONGEST_TITLE = 31
NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
WIDTHS = range(8, 61)
LOOKED_AT = 200
"""Rows whose length decides how wide the columns are."""
HEADING = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", fgColor="FFE8EEF4"),
    "alignment": Alignment(vertical="top", wrap_text=True),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, a heading for each column, and rows of as many values."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


def workbook_file(*sheets: Sheet) -> bytes:
    """Return an XLSX file of ``sheets``; rows are read once and written as they come.

    Decimal amounts keep their decimals; days, instants (UTC) and what a clock shows (a datetime without a zone, under a
    heading that names the clock) are dates to the spreadsheet; all else is text. The
    file's own data names no person (I16).
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Joint Seminars"
    for sheet in sheets:
        _write(book.create_sheet(NOT_IN_TITLES.sub(" ", sheet.title)[:LONGEST_TITLE]), sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, LOOKED_AT))
    for place, heading in enumerate(sheet.headings):
        widest = max([_width(heading), *(_width(row[place]) for row in first)])
        page.column_dimensions[get_column_letter(place + 1)].width = min(max(widest + 2, WIDTHS.start), WIDTHS.stop)
    page.freeze_panes = "A2"
    page.append(_headings(page, sheet.headings))
    count = 1
    for row in chain(first, rows):
        page.append([_cell(page, value) for value in row])
        count += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{count}"


def _headings(page: Any, headings: Sequence[str]) -> Iterator[Any]:
    for heading in headings:
        made = _cell(page, heading)
        for name, style in HEADING.items():
            setattr(made, name, style)
        yield made


def _cell(page: Any, value: Value) -> Any:
    """Return a cell whose type is decided here and never guessed from what a text looks like."""
    match value:
        case None | "":
            return None
        case datetime() if value.tzinfo is None:
            return _formatted(page, value, INSTANT)
        case datetime():
            return _formatted(page, value.astimezone(UTC).replace(tzinfo=None), INSTANT)
        case date():
            return _formatted(page, value, DAY)
        case Decimal():
            decimals = max(0, -int(value.as_tuple().exponent))
            return _formatted(page, value, "#,##0" + (f".{'0' * decimals}" if decimals else ""))
        case int():
            return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]
    made = WriteOnlyCell(page, text)
    made.data_type = "s"
    if is_risky(text):
        # What the apostrophe is in CSV: the text stays a text when somebody edits the cell.
        made.quotePrefix = True
    return made


def _formatted(page: Any, value: Any, number_format: str) -> Any:
    made = WriteOnlyCell(page, value)
    made.number_format = number_format
    return made


def _width(value: Value) -> int:
    """Return how wide a value is in letters; a Japanese one is two wide."""
    if isinstance(value, datetime):
        return len(INSTANT)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in str(value or "")[: WIDTHS.stop])
