"""The list of records as a file: the same records, columns, words and order as on the screen."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import formats
from seminars.chosen import Chosen
from seminars.columns import Part, Written
from seminars.exports.cells import csv_file
from seminars.exports.workbook import Sheet, workbook_file
from seminars.listing import Line, reader


def _heading(part: Part) -> str:
    """Return a heading in the active language; one over instants names the clock that they are read from."""
    if not part.by_clock:
        return str(part.heading)
    zone = formats.zone_name(timezone.get_current_timezone_name(), reader())
    return _("%(heading)s (%(zone)s)") % {"heading": part.heading, "zone": zone}


def _table(records: Iterable[Any], chosen: Chosen, agencies: tuple[int, ...]) -> tuple[list[str], list[list[Written]]]:
    """Return headings and rows; what two columns of the screen both say stands in the file once."""
    headings = [_heading(part) for column in chosen.columns for part in column.parts]
    kept = [place for place, heading in enumerate(headings) if heading not in headings[:place]]
    rows = []
    for record in records:
        line = Line(record, agencies)
        values = [value for column in chosen.columns for value in column.written(line)]
        rows.append([values[place] for place in kept])
    return [headings[place] for place in kept], rows


def proposals_csv(records: Iterable[Any], chosen: Chosen, agencies: tuple[int, ...]) -> bytes:
    """Return records, fetched by ``Overview.fetch``, as a CSV file to an officer of ``agencies``."""
    headings, rows = _table(records, chosen, agencies)
    return csv_file(headings, rows)


def proposals_xlsx(records: Iterable[Any], chosen: Chosen, agencies: tuple[int, ...]) -> bytes:
    """Return records, fetched by ``Overview.fetch``, as an XLSX file to an officer of ``agencies``."""
    return workbook_file(Sheet(_("Records"), *_table(records, chosen, agencies)))
