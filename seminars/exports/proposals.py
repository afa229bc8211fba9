"""The list of records as a spreadsheet: the same records, columns, words and order as on the screen."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.choices import PairingStep, ProposalState
from seminars.exports.cells import Value, csv_file
from seminars.overview import partner_in_row, reasons


def _partner(read: Callable[[Any], Value]) -> Callable[[Any], Value]:
    def value(record: Any) -> Value:
        partner = partner_in_row(record)
        return read(partner) if partner else None

    return value


def _state(record: Any) -> str:
    return str(ProposalState(record.state_now).label)


COLUMNS: tuple[tuple[str | Promise, Callable[[Any], Value]], ...] = (
    (_("Number"), lambda record: record.pk),
    (_("Pair"), lambda record: str(record.seminar) if partner_in_row(record) else None),
    (_("Title"), lambda record: record.display_title),
    (_("Needs attention"), lambda record: " · ".join(str(reason.label) for reason in reasons(record))),
    (_("Agency"), lambda record: record.side.agency.acronym),
    (_("State"), _state),
    (_("Receipt number"), lambda record: record.receipt),
    (_("Submitted (UTC)"), lambda record: record.submitted_at),
    (_("Coordinator"), lambda record: record.coordinator.latin_name),
    (_("Name in kanji"), lambda record: record.coordinator.kanji_name),
    (_("E-mail address"), lambda record: record.coordinator.email),
    (_("Institution"), lambda record: record.institution),
    (_("Pairing"), lambda record: str(PairingStep(record.step).label)),
    (_("Partner"), _partner(lambda partner: partner.coordinator.latin_name)),
    (_("Partner's state"), _partner(_state)),
    (_("Start date"), lambda record: record.start_on),
    (_("End date"), lambda record: record.end_on),
    (_("City"), lambda record: record.venue_city),
    (_("Host country"), lambda record: record.venue_country),
    (_("Amount requested"), lambda record: round(record.amount, record.side.decimals)),
    (_("Currency"), lambda record: record.side.currency),
    (_("Last changed (UTC)"), lambda record: record.changed_at),
)


def proposals_csv(records: Iterable[Any]) -> bytes:
    """Return records, fetched by ``overview.with_row``, as a CSV file with headings in the active language."""
    headings = [str(heading) for heading, _read in COLUMNS]
    return csv_file(headings, ([read(record) for _heading, read in COLUMNS] for record in records))
