"""The one writer of spreadsheet cells: whatever people typed, no cell is ever a formula (SAFETY 16, I17)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

Value = str | int | Decimal | date | datetime | None
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula; Japanese ones take full-width signs too."""


def cell(value: Value) -> str:
    """Return a value as the text of a cell: dates and instants (UTC) in ISO 8601, numbers plain, text inert.

    What a clock shows, a datetime without a zone, stays as it is: its heading names the clock. Text that could start
    a formula, also behind spaces, gets an apostrophe before it.
    """
    match value:
        case None:
            return ""
        case datetime() if value.tzinfo is None:
            return value.isoformat(" ")
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case int() | Decimal():
            return str(value)
    text = str(value)
    return f"'{text}" if is_risky(text) else text


def is_risky(text: str) -> bool:
    """Say whether a spreadsheet could read ``text`` as a formula."""
    return text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA)


def csv_file(headings: Sequence[Value], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV file as spreadsheets open it: UTF-8 with its mark, commas, CRLF, every cell through ``cell``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(heading) for heading in headings])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
