"""Tables of the desk's pages as files: what all of them have in common."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import formats
from seminars.exports.cells import csv_file
from seminars.exports.workbook import TYPE, Sheet, workbook_file
from seminars.queries.listing import Words, reader

ENDINGS = {"csv": "text/csv; charset=utf-8", "xlsx": TYPE}
"""The kinds of files, each with its type."""


def by_clock(heading: Words) -> str:
    """Return the heading of a column of instants, with the reader's clock, which they are read from."""
    zone = formats.zone_name(timezone.get_current_timezone_name(), reader())
    return _("%(heading)s (%(zone)s)") % {"heading": heading, "zone": zone}


def of_side(heading: Words, acronym: str) -> str:
    """Return the heading of a column that each side has, with the agency it is about."""
    return _("%(heading)s (%(agency)s)") % {"heading": heading, "agency": acronym}


def table_file(sheets: Sequence[Sheet], ending: str) -> bytes:
    """Return tables as a file with one of ``ENDINGS``; a CSV file holds the first of them only."""
    if ending == "csv":
        return csv_file(sheets[0].headings, sheets[0].rows)
    return workbook_file(*sheets)
