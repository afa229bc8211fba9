"""The list of records as a spreadsheet: the same records, words and order as on the screen."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.exports.cells import Value, csv_file
from seminars.listing import Line, lines

COLUMNS: tuple[tuple[str | Promise, Callable[[Line], Value]], ...] = (
    (_("Number"), lambda line: line.pk),
    (_("Pair"), lambda line: line.seminar),
    (_("Title"), lambda line: line.title),
    (_("Needs attention"), lambda line: " · ".join(line.reasons)),
    (_("Agency"), lambda line: line.agency),
    (_("State"), lambda line: line.state_name),
    (_("Receipt number"), lambda line: line.receipt),
    (_("Submitted (UTC)"), lambda line: line.submitted_at),
    (_("Coordinator"), lambda line: line.name),
    (_("Name in kanji"), lambda line: line.kanji_name),
    (_("E-mail address"), lambda line: line.email),
    (_("Institution"), lambda line: line.institution),
    (_("Pairing"), lambda line: line.step_name),
    (_("Partner"), lambda line: line.partner),
    (_("Partner's state"), lambda line: line.partner_state),
    (_("Start date"), lambda line: line.start_on),
    (_("End date"), lambda line: line.end_on),
    (_("City"), lambda line: line.city),
    (_("Host country"), lambda line: line.country),
    (_("Amount requested"), lambda line: line.amount),
    (_("Currency"), lambda line: line.currency),
    (_("Last changed (UTC)"), lambda line: line.changed_at),
)


def proposals_csv(records: Iterable[Any]) -> bytes:
    """Return records, fetched by ``Overview.fetch``, as a CSV file with headings in the active language."""
    headings = [str(heading) for heading, _read in COLUMNS]
    return csv_file(headings, ([read(line) for _heading, read in COLUMNS] for line in lines(records)))
