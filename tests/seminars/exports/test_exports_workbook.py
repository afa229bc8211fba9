"""XLSX files: values as such, text never a formula (SAFETY 16, I17)."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from seminars.exports.workbook import LONGEST, Sheet, workbook_file

# A spreadsheet's dates and instants know no time zone.
MIDNIGHT = datetime.fromisoformat("2027-06-14")
DEADLINE = datetime.fromisoformat("2026-09-03T08:00:00")


def written(*rows: list[Any], title: str = "Records", headings: tuple[str, ...] = ("A",)) -> bytes:
    return workbook_file(Sheet(title, headings, rows))


def read(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://evil.example")', "+81 3", "-1", "@SUM(A1)", " =1", "＝1"])
def test_text_that_could_start_a_formula_stays_a_text(text: str) -> None:
    cell = read(written([text]))["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_no_formula_is_in_the_file_whatever_is_written() -> None:
    content = written(["=1+1"], ["=A1"], headings=("=HEADING()",))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert read(content)["A1"].value == "=HEADING()"


@pytest.mark.parametrize(
    ("value", "kept", "number_format"),
    [
        (12, 12, "General"),
        (Decimal("12000.50"), 12000.5, "#,##0.00"),
        (Decimal("2500000"), 2500000, "#,##0"),
        (Decimal("-3.50"), -3.5, "#,##0.00"),
        (date(2027, 6, 14), MIDNIGHT, "yyyy-mm-dd"),
        (datetime(2026, 9, 3, 8, tzinfo=UTC), DEADLINE, "yyyy-mm-dd hh:mm:ss"),
        (datetime(2026, 9, 3, 17, tzinfo=timezone(timedelta(hours=9))), DEADLINE, "yyyy-mm-dd hh:mm:ss"),
        ("2027-06-14", "2027-06-14", "General"),
        ("12", "12", "General"),
        ("#N/A", "#N/A", "General"),
        ("田中 健二", "田中 健二", "General"),
        (None, None, "General"),
        ("", None, "General"),
        ("a\x0bb", "ab", "General"),
        ("x" * 40_000, "x" * LONGEST, "General"),
    ],
)
def test_values_are_what_they_are(value: Any, kept: Any, number_format: str) -> None:
    cell = read(written([value]))["A2"]
    assert (cell.value, cell.number_format) == (kept, number_format)


def test_text_that_names_an_error_or_a_number_is_a_text() -> None:
    page = read(written(["#N/A"], ["12"]))
    assert [page["A2"].data_type, page["A3"].data_type] == ["s", "s"]


def test_a_sheet_is_ready_to_be_read() -> None:
    page = read(written([1, "田中" * 8], [2, "b"], title="Pairs: 2026/[x]", headings=("Number", "Name")))
    assert page.title == "Pairs  2026  x "
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B3")
    assert page["A1"].font.bold
    assert page.column_dimensions["B"].width == 34


def test_a_sheet_without_rows_has_its_headings() -> None:
    page = read(written(headings=("Number", "Name")))
    assert [cell.value for cell in page[1]] == ["Number", "Name"]
    assert page.max_row == 1


def test_rows_may_come_one_by_one_and_several_sheets_make_one_file() -> None:
    rows = ([number] for number in range(500))
    book = load_workbook(io.BytesIO(workbook_file(Sheet("One", ("N",), rows), Sheet("Two", ("N",), []))))
    assert [page.title for page in book] == ["One", "Two"]
    assert book["One"].max_row == 501


def test_the_file_names_nobody() -> None:
    with zipfile.ZipFile(io.BytesIO(written(["x"]))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"creator[^>]*>([^<]*)</", core) == ["Joint Seminars"]
    assert "lastModifiedBy" not in core
