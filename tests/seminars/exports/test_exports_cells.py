"""Spreadsheet cells are inert (SAFETY 16, I17)."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from seminars.exports.cells import cell, csv_file


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://evil.example","Click")',
        "+81 3 1234 5678",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u3000=1+1",
        "＝1+1",
        "＠SUM(A1)",
        "-",
    ],
)
def test_text_that_could_start_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        ("Lefèvre", "Lefèvre"),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
        ("田中 健二", "田中 健二"),
        (12, "12"),
        (Decimal("-3.50"), "-3.50"),
        (Decimal("12000.00"), "12000.00"),
        (date(2027, 6, 14), "2027-06-14"),
        (datetime(2026, 9, 3, 8, tzinfo=UTC), "2026-09-03T08:00:00Z"),
        (datetime(2026, 9, 3, 17, tzinfo=timezone(timedelta(hours=9))), "2026-09-03T08:00:00Z"),
        (datetime(2026, 9, 3, 8, 0, 0, 1, tzinfo=UTC), "2026-09-03T08:00:00.000001Z"),
    ],
)
def test_other_values_are_written_plainly(value: Any, written: str) -> None:
    assert cell(value) == written


def test_a_csv_file_opens_in_spreadsheets_and_reads_back() -> None:
    text = 'Quotes " and, commas\nand lines; ティーデータ'
    content = csv_file(["Title", "=Cost"], [[text, 5], ["=1+1", None]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["Title", "'=Cost"], [text, "5"], ["'=1+1", ""]]
