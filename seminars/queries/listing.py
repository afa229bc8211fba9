"""One line of the officers' list: what columns read from a record, and what a cell of the screen holds."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from accounts import formats
from seminars.choices import PairingStep, ProposalState, SeminarState, Situation, Track
from seminars.queries.fetching import partner_in_row

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What the screen shows in one cell: a text, what leads on from it, marks that warn, and small lines below."""

    text: str = ""
    href: str = ""
    side: int = 0
    """The accent of the agency that the text names."""
    state: str = ""
    """The state that the text names."""
    japanese: str = ""
    also: Link | None = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Line:
    """A record, fetched by ``Overview.fetch``, in the active language and by the reader's clock.

    Each property asks only for what the columns that read it say they need.
    """

    def __init__(self, record: Any, officer_agencies: tuple[int, ...] = ()) -> None:
        """Take a record with its situation; ``officer_agencies`` are those whose internal words may be shown."""
        self.record = record
        self.is_own = record.side.agency_id in officer_agencies

    @property
    def pk(self) -> int:
        """The number of the record."""
        number: int = self.record.pk
        return number

    @property
    def title(self) -> str:
        """The title in English, or in the language there is; the number where there is none."""
        return str(self.record)

    @property
    def seminar(self) -> str:
        """The number of the confirmed pair, or nothing."""
        return str(self.record.seminar) if "paired" in self.record.situation.flags else ""

    @property
    def seminar_pk(self) -> int | None:
        """The id of the confirmed pair, or nothing."""
        return self.record.seminar_id if "paired" in self.record.situation.flags else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the record needs attention."""
        return tuple(str(Situation(reason).label) for reason in self.record.situation.reasons)

    @property
    def state(self) -> str:
        """The state that counts now."""
        return str(ProposalState(self.record.situation.state).label)

    @property
    def pair_state(self) -> str:
        """Where the pair stands from its review on, or nothing."""
        seminar = self.record.seminar
        known = seminar is not None and (seminar.is_announced or seminar.state == SeminarState.IN_REVIEW)
        return str(SeminarState(seminar.state).label) if known else ""

    @property
    def step(self) -> str:
        """How far the pair has come."""
        return str(PairingStep(self.record.situation.step).label)

    @property
    def receipt(self) -> str:
        """The number of the submission in force, or nothing."""
        return self.record.filed[0].number if self.record.filed else ""

    @property
    def submitted_at(self) -> datetime | None:
        """When the submission in force counts from, in UTC."""
        return self.record.filed[0].counted_at if self.record.filed else None

    @property
    def name(self) -> str:
        """The coordinator's name in Latin letters."""
        name: str = self.record.coordinator.latin_name
        return name

    @property
    def institution(self) -> str:
        """The institution of the coordinator's laboratory, or of the coordinator's account."""
        return self.record.institution or self.record.coordinator.institution

    @property
    def partner(self) -> str:
        """The other coordinator of a confirmed pair, or nothing."""
        other, listed = partner_in_row(self.record), self.record.listed
        if other:
            return other.coordinator.latin_name or other.coordinator.email
        return (listed.latin_name or listed.kanji_name) if listed else ""

    @property
    def partner_state(self) -> str:
        """The state of the other record of a confirmed pair, or nothing."""
        other = partner_in_row(self.record)
        if other:
            return str(ProposalState(other.situation.state).label)
        return gettext("In the other agency's list") if self.record.listed else ""

    @property
    def partner_institution(self) -> str:
        """The institution that the other coordinator's account names, or nothing."""
        other = partner_in_row(self.record)
        return other.coordinator.institution if other else ""

    @property
    def dates(self) -> str:
        """The days of the seminar, written out."""
        start, end = self.record.start_on, self.record.end_on
        return formats.days(start, end, reader()) if start and end else ""

    @property
    def place(self) -> str:
        """The city and the country code of the venue."""
        city, country = self.record.venue_city, self.record.venue_country
        return f"{city} ({country})" if country else city

    @property
    def amount(self) -> Decimal:
        """What the budget asks for, in the side's currency."""
        return round(self.record.amount, self.record.side.decimals)

    @property
    def money(self) -> str:
        """The amount, written out."""
        return formats.money(self.amount, self.record.side.currency, reader(), whole=True)

    @property
    def track(self) -> str:
        """The JSPS track, or nothing."""
        return str(Track(self.record.track).label) if self.record.track else ""

    @property
    def theme(self) -> str:
        """The theme, or nothing."""
        return self.record.theme.title if self.record.theme else ""

    @property
    def areas(self) -> tuple[str, ...]:
        """The priority areas."""
        return tuple(area.title for area in self.record.areas.all())


def reader() -> str:
    """Return the language of the reader, as ``accounts.formats`` knows it."""
    return (get_language() or "en")[:2]


def country(code: str | None) -> str:
    """Return a country's name, or nothing."""
    return formats.country(code, reader()) if code else ""


def clock(instant: datetime | None) -> str:
    """Return an instant by the reader's clock alone: "3 Sept 2026 10:00"."""
    if instant is None:
        return ""
    local = instant.astimezone(timezone.get_current_timezone())
    return f"{formats.day(local.date(), reader(), long=False)} {local:%H:%M}"


def local(instant: datetime | None) -> datetime | None:
    """Return what the reader's clock shows at ``instant``, without its zone: the heading names that."""
    if instant is None:
        return None
    return instant.astimezone(timezone.get_current_timezone()).replace(tzinfo=None, microsecond=0)
