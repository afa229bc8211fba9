"""The lines of the officers' list, in words: made once for the screen and once for the spreadsheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from accounts import formats
from seminars.choices import PairingStep, ProposalState, Situation
from seminars.overview import partner_in_row

WORDS = {
    "state": ProposalState,
    "step": PairingStep,
    "situation": Situation,
}


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says. Amounts, dates and instants are values; states and names are words."""

    pk: int
    seminar_pk: int | None
    seminar: str
    title: str
    reasons: tuple[str, ...]
    accent: int
    agency: str
    state: str
    state_name: str
    receipt: str
    submitted_at: datetime | None
    name: str
    kanji_name: str
    email: str
    institution: str
    step_name: str
    partner: str
    partner_state: str
    start_on: date | None
    end_on: date | None
    city: str
    country: str
    amount: Decimal
    currency: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its values written for the reader's language and clock."""

    line: Line
    submitted: str
    dates: str
    amount: str
    changed: str


def lines(records: Iterable[Any]) -> Iterable[Line]:
    """Return the lines of records fetched by ``Overview.fetch``, in the active language."""
    labels = {kind: {value: str(label) for value, label in choices.choices} for kind, choices in WORDS.items()}
    for record in records:
        yield _line(record, labels)


def _line(record: Any, labels: dict[str, dict[str, str]]) -> Line:
    partner, filed, coordinator = partner_in_row(record), next(iter(record.filed), None), record.coordinator
    return Line(
        pk=record.pk,
        seminar_pk=record.seminar_id if partner else None,
        seminar=str(record.seminar) if partner else "",
        title=str(record),
        reasons=tuple(labels["situation"][reason] for reason in record.situation.reasons),
        accent=record.side.agency.accent,
        agency=record.side.agency.acronym,
        state=record.situation.state,
        state_name=labels["state"][record.situation.state],
        receipt=filed.number if filed else "",
        submitted_at=filed.counted_at if filed else None,
        name=coordinator.latin_name,
        kanji_name=coordinator.kanji_name,
        email=coordinator.email,
        institution=record.institution or coordinator.institution,
        step_name=labels["step"][record.situation.step],
        partner=(partner.coordinator.latin_name or partner.coordinator.email) if partner else "",
        partner_state=labels["state"][partner.situation.state] if partner else "",
        start_on=record.start_on,
        end_on=record.end_on,
        city=record.venue_city,
        country=record.venue_country,
        amount=round(record.amount, record.side.decimals),
        currency=record.side.currency,
        changed_at=record.changed_at,
    )


def shown(records: Iterable[Any]) -> list[Shown]:
    """Return lines as the screen shows them: dates, amounts, and instants by the reader's clock alone."""
    language, zone = (get_language() or "en")[:2], timezone.get_current_timezone()

    def clock(instant: datetime | None) -> str:
        if instant is None:
            return ""
        local = instant.astimezone(zone)
        return f"{formats.day(local.date(), language, long=False)} {local:%H:%M}"

    return [
        Shown(
            line=line,
            submitted=clock(line.submitted_at),
            dates=formats.days(line.start_on, line.end_on, language) if line.start_on and line.end_on else "",
            amount=formats.money(line.amount, line.currency, language, whole=True),
            changed=clock(line.changed_at),
        )
        for line in lines(records)
    ]
