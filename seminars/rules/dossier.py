"""The plain values that rules judge: what a record says, and the terms its call sets.

Amounts are exact decimals in the side's own currency; dates are days of the venue's calendar; instants are
aware UTC datetimes. A side is the ISO 3166 code of its agency's country; "" is a third country.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from accounts.rules.person import name_key
from seminars.rules import bounds


@dataclass(frozen=True)
class Violation:
    """Something missing or wrong.

    ``code`` is what is said, ``rule`` its number in the programme's rules ("R7", or "" for plain
    completeness), ``section`` and ``field`` where to mend it, ``params`` the values that the words need.
    ``blocking`` says whether it stops a submission; what does not is a warning.
    """

    code: str
    rule: str
    section: str
    field: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    blocking: bool = True


@dataclass(frozen=True)
class LaboratoryFacts:
    """A laboratory; two with equal ``key`` are the same one (R11)."""

    key: str
    name: str
    kind: str
    country: str


@dataclass(frozen=True)
class ParticipantFacts:
    """A person who takes part, coordinators included."""

    id: int
    name: str
    email: str
    orcid: str
    side: str
    role: str
    laboratory: LaboratoryFacts | None
    country_of_work: str
    career_stage: str
    statutory: bool
    young: bool
    talk_title: str
    kanji_name: str
    kana_name: str
    position: str

    @cached_property
    def name_key(self) -> str:
        """The name as names are compared."""
        return name_key(self.name)

    def is_same_person(self, other: "ParticipantFacts") -> bool:
        """Say whether two rows mean one person, by the surest mark that both hold: iD, e-mail address, name."""
        if self.orcid and other.orcid:
            return self.orcid == other.orcid
        if self.email and other.email:
            return self.email.casefold() == other.email.casefold()
        return self.name_key == other.name_key != ""


@dataclass(frozen=True)
class SessionFacts:
    """A part of the programme on one day, in the venue's local time."""

    id: int
    on: date
    starts: time
    ends: time
    kind: str
    title: str
    speaker: str


@dataclass(frozen=True)
class LineFacts:
    """A budget line; its amount is always recomputed from quantity and unit cost (R14)."""

    id: int
    kind: str
    participant: ParticipantFacts | None
    quantity: int
    unit: str
    unit_cost: Decimal

    @property
    def is_too_small(self) -> bool:
        """Whether the quantity is none, or the unit cost below zero."""
        return self.quantity < bounds.QUANTITY[0] or (not self.unit_cost.is_nan() and self.unit_cost < 0)

    @property
    def is_too_large(self) -> bool:
        """Whether quantity or unit cost is more than a budget holds, or the unit cost no number at all."""
        return self.quantity > bounds.QUANTITY[1] or self.unit_cost.is_nan() or self.unit_cost > bounds.MOST_UNIT_COST

    @property
    def amount(self) -> Decimal:
        """Quantity × unit cost, exact; a line out of bounds, which no submission may hold, counts for nothing."""
        return Decimal(0) if self.is_too_small or self.is_too_large else self.quantity * self.unit_cost


@dataclass(frozen=True)
class SharedFacts:
    """What both records of a pair must tell alike."""

    title_en: str
    title_fr: str
    title_ja: str
    abstract_en: str
    keywords: tuple[str, ...]
    theme: str
    theme_admitted: bool
    areas: tuple[str, ...]
    start_on: date | None
    end_on: date | None
    venue_name: str
    venue_city: str
    venue_country: str
    sessions: tuple[SessionFacts, ...]


@dataclass(frozen=True)
class Dossier:
    """One agency's record, whole."""

    side: str
    shared: SharedFacts
    narrative: Mapping[str, str]
    participants: tuple[ParticipantFacts, ...]
    lines: tuple[LineFacts, ...]
    attachment_sizes: tuple[int, ...]
    track: str
    application_number: str
    institution_officer_email: str
    director_name: str
    director_agrees: bool
    declarations: Mapping[str, bool]
    pair_confirmed: bool
    partner_side: str

    def coordinators(self, side: str) -> tuple[ParticipantFacts, ...]:
        """The coordinators that this record names for ``side``."""
        return tuple(person for person in self.participants if person.role == "coordinator" and person.side == side)

    @property
    def total(self) -> Decimal:
        """The sum of all lines, exact."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class Terms:
    """What the call asks of one side. A call is data: no rule names a year, an amount or an agency."""

    opens_at: datetime
    deadline_at: datetime
    window_start_on: date
    window_end_on: date
    min_days: int
    max_days: int
    host_countries: frozenset[str]
    minimum_laboratories: Mapping[str, int]
    minimum_laboratories_total: int
    cap: Decimal | None
    currency: str
    decimals: int
    cost_kinds: frozenset[str]
    required_track: str
    required_laboratory_kind: str
    asks_application_number: bool
    asks_institution_approval: bool
    asks_director_agreement: bool
    asks_japanese_names: bool
    expected_participants: int
