"""The list of records as a file: the same records, columns, words and order as on the screen."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from seminars.exports.tables import by_clock
from seminars.exports.workbook import Sheet
from seminars.queries.chosen import Chosen
from seminars.queries.listing import Line


def proposals_sheet(records: Iterable[Any], chosen: Chosen, agencies: tuple[int, ...]) -> Sheet:
    """Return records, fetched by ``Overview.fetch``, as a table to an officer of ``agencies``.

    What two columns of the screen both say stands in it once.
    """
    parts = [part for column in chosen.columns for part in column.parts]
    headings = [by_clock(part.heading) if part.by_clock else str(part.heading) for part in parts]
    kept = [place for place, heading in enumerate(headings) if heading not in headings[:place]]
    rows = []
    for record in records:
        line = Line(record, agencies)
        values = [value for column in chosen.columns for value in column.written(line)]
        rows.append([values[place] for place in kept])
    return Sheet(_("Records"), [headings[place] for place in kept], rows)
