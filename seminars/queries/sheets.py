"""What the pages of rows show: each row with what the rules say of it, and the sums and counts around them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from seminars.choices import CostKind, ParticipantRole
from seminars.models import Laboratory, Proposal
from seminars.queries.dossiers import dossier_of, partner_dossier, terms_of
from seminars.queries.standing import SectionStanding
from seminars.rules import agenda
from seminars.rules.budget import totals
from seminars.rules.dossier import Terms, Violation
from seminars.rules.people import distinct_laboratories

LONGEST_SEMINAR = 31


@dataclass(frozen=True)
class Shown:
    """A row and what is wrong with it."""

    row: Any
    problems: tuple[Violation, ...]


def _shown(rows: Iterable[Any], prefix: str, standing: SectionStanding) -> list[Shown]:
    said: dict[str, list[Violation]] = {}
    for violation in (*standing.blocking, *standing.warnings):
        said.setdefault(violation.field, []).append(violation)
    return [Shown(row, tuple(said.get(f"{prefix}-{row.pk}", ()))) for row in rows]


@dataclass(frozen=True)
class Bar:
    """A bar of a day's picture, in the units SVG takes."""

    label: str
    kind: str
    x: str
    width: str
    y: int


@dataclass(frozen=True)
class Day:
    """A day of the programme; ``number`` counts the days of the seminar from 1, 0 for a day outside it."""

    on: date
    number: int
    sessions: list[Shown]
    bars: list[Bar]
    height: int
    hours: list[tuple[int, str]]


LANE, RULER = 30, 18


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def days(proposal: Proposal, standing: SectionStanding) -> list[Day]:
    """Return the programme by day: every day with a session, and those of the seminar that have none yet."""
    shown = _shown(proposal.sessions.all(), "session", standing)
    facts = {session.id: session for session in dossier_of(proposal).shared.sessions}
    seminar_days = _seminar_days(proposal)
    hours = agenda.span(facts.values())
    found = []
    for on in sorted({*seminar_days, *(one.row.on for one in shown)}):
        today = [one for one in shown if one.row.on == on]
        drawn = agenda.picture([facts[one.row.pk] for one in today], hours)
        found.append(
            Day(
                on=on,
                number=seminar_days.index(on) + 1 if on in seminar_days else 0,
                sessions=today,
                bars=[
                    Bar(bar.session.title, bar.session.kind, _percent(bar.left), _percent(bar.width), bar.lane * LANE)
                    for bar in drawn.bars
                ],
                height=drawn.lanes * LANE + RULER,
                hours=[(hour, _percent(left)) for hour, left in drawn.hours],
            )
        )
    return found


def _seminar_days(proposal: Proposal) -> list[date]:
    start, end = proposal.start_on, proposal.end_on
    if not start or not end or not timedelta(0) <= end - start < timedelta(days=LONGEST_SEMINAR):
        return []
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


@dataclass(frozen=True)
class Team:
    """The people of one side; ``accent`` is 0 for other countries."""

    country: str
    label: str | Promise
    accent: int
    people: list[Shown]
    expected: int
    young_statutory: int


def teams(proposal: Proposal, standing: SectionStanding) -> list[Team]:
    """Return the record's people by side, the own side first, other countries last where there is anybody."""
    shown = _shown(proposal.participants.all(), "participant", standing)
    order = (ParticipantRole.COORDINATOR, ParticipantRole.SPEAKER, ParticipantRole.ATTENDEE)
    shown.sort(key=lambda one: order.index(one.row.role))
    own = proposal.side.agency.country
    sides = sorted(proposal.side.call.sides.all(), key=lambda side: side.agency.country != own)
    named: list[tuple[str, str | Promise, int]] = [
        (side.agency.country, side.agency.acronym, side.agency.accent) for side in sides
    ]
    countries = {country for country, _label, _accent in named}
    found = []
    for country, label, accent in [*named, ("", _("Other countries"), 0)]:
        people = [one for one in shown if (one.row.side if one.row.side in countries else "") == country]
        if country or people:
            young = sum(one.row.young and one.row.statutory for one in people)
            found.append(Team(country, label, accent, people, proposal.side.call.expected_participants, young))
    return found


@dataclass(frozen=True)
class ShownLaboratory:
    """A laboratory, how many people of the record work there, and an earlier entry that is or may be the same (R11)."""

    row: Laboratory
    people: int
    twin: Laboratory | None

    @property
    def is_same(self) -> bool:
        """Whether the twin counts as the same laboratory."""
        return self.twin is not None and self.twin.identity == self.row.identity


def laboratories(proposal: Proposal) -> list[ShownLaboratory]:
    """Return the record's laboratories; a second entry of one names its twin."""
    people = Counter(person.laboratory_id for person in proposal.participants.all())
    found: list[ShownLaboratory] = []
    for laboratory in proposal.laboratories.all():
        alike = (one.row for one in found if laboratory.may_be(one.row))
        found.append(ShownLaboratory(laboratory, people[laboratory.pk], next(alike, None)))
    return found


@dataclass(frozen=True)
class Asked:
    """How many laboratories there are and how many the call asks for; ``country`` is "" for all together."""

    country: str
    count: int
    least: int

    @property
    def is_met(self) -> bool:
        """Whether there are enough."""
        return self.count >= self.least


def asked_laboratories(proposal: Proposal) -> list[Asked]:
    """Return what R11 counts, per country of the call and in all: laboratories with people, the partner's too."""
    terms = terms_of(proposal.side)
    partner = partner_dossier(proposal)
    people = (*dossier_of(proposal).participants, *(partner.participants if partner else ()))
    found = distinct_laboratories(people).values()
    return [
        *(
            Asked(country, sum(laboratory.country == country for laboratory in found), least)
            for country, least in sorted(terms.minimum_laboratories.items())
        ),
        Asked("", len(found), terms.minimum_laboratories_total),
    ]


@dataclass(frozen=True)
class Account:
    """The budget against its cap, in units of ``currency``; ``over`` and ``left`` are zero or more."""

    currency: str
    total: Decimal
    cap: Decimal | None

    @property
    def over(self) -> Decimal:
        """By how much the total exceeds the cap (R14)."""
        return max(self.total - self.cap, Decimal(0)) if self.cap is not None else Decimal(0)

    @property
    def left(self) -> Decimal:
        """How much may still be asked for."""
        return max(self.cap - self.total, Decimal(0)) if self.cap is not None else Decimal(0)

    @property
    def share(self) -> int:
        """The total in percent of the cap, rounded down, at most 999."""
        return min(int(self.total * 100 / self.cap), 999) if self.cap else 0


def account(proposal: Proposal, terms: Terms, *, instead: Sequence[tuple[int | None, Decimal]] = ()) -> Account:
    """Return the budget's sum against the cap; ``instead`` gives a line (None: a new one) another amount."""
    amounts: dict[int | None, Decimal] = {line.id: line.amount for line in dossier_of(proposal).lines}
    amounts |= dict(instead)
    return Account(terms.currency, sum(amounts.values(), Decimal(0)), terms.cap)


def kind_totals(proposal: Proposal) -> list[tuple[str | Promise, Decimal]]:
    """Return the sums by cost kind, in the order of the kinds."""
    sums = totals(dossier_of(proposal).lines)
    return [(kind.label, sums[kind]) for kind in CostKind if kind in sums]


def programme_sheet(proposal: Proposal, standing: SectionStanding) -> dict[str, Any]:
    """Return what the programme's page shows; ``places`` are the days at which a new session can be typed."""
    listed = days(proposal, standing)
    return {"days": listed, "places": {day.on for day in listed}}


def people_sheet(proposal: Proposal, standing: SectionStanding) -> dict[str, Any]:
    """Return what the page of participants and laboratories shows; ``places`` are the sides that are listed."""
    listed = teams(proposal, standing)
    return {
        "teams": listed,
        "places": {team.country for team in listed},
        "laboratories": laboratories(proposal),
        "asked": asked_laboratories(proposal),
        "has_partner": proposal.partner is not None,
    }


def budget_sheet(proposal: Proposal, standing: SectionStanding) -> dict[str, Any]:
    """Return what the budget's page shows."""
    kinds = {cost.kind for cost in proposal.side.cost_kinds.all()}
    people: dict[int | None, Any] = {person.pk: person for person in proposal.participants.all()}
    for line in proposal.lines.all():
        line.participant = people.get(line.participant_id)
    return {
        "places": set(),
        "lines": _shown(proposal.lines.all(), "line", standing),
        "kind_totals": kind_totals(proposal),
        "account": account(proposal, terms_of(proposal.side)),
        "kinds": [kind.label for kind in CostKind if kind in kinds],
    }
