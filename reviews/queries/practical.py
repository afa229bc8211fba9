"""The practical page of a confirmed seminar: who may read it, and all that it shows (issue of the seminar itself)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.models import User
from reviews.choices import AwardState
from reviews.models import Change, Practical, Report
from reviews.models.closed import officers_who_see
from seminars.choices import ParticipantRole, SeminarState
from seminars.models import CallAgency, Participant, Proposal, Seminar
from seminars.queries.dossiers import participant_facts
from seminars.rules.dossier import ParticipantFacts

ROLES = tuple(ParticipantRole.values)


def confirmed_for(user: User) -> QuerySet[Seminar]:
    """Return the confirmed seminars whose practical page ``user`` may read.

    They are those one coordinates, and for an officer those overseen, none that one is shut out of (R23). A seminar
    that is cancelled has no such page any more: nobody needs the list of its participants.
    """
    mine = Proposal.objects.filter(coordinator=user, seminar__isnull=False).values("seminar")
    overseen = Seminar.objects.overseen_by(user).values("pk")
    confirmed = Seminar.objects.filter(state=SeminarState.CONFIRMED).select_related("call")
    return confirmed.filter(Q(pk__in=mine) | Q(pk__in=overseen))


@dataclass(frozen=True)
class Granted:
    """What one side's agency grants, by kind of cost in words; ``lines`` is empty where no budget is validated here."""

    side: CallAgency
    lines: tuple[tuple[str, Decimal], ...]

    @property
    def total(self) -> Decimal:
        """The sum, exact."""
        return sum((amount for _kind, amount in self.lines), Decimal(0))


@dataclass(frozen=True)
class Contact:
    """An agency's side of the seminar: its coordinator where there is a record, and the officers in charge."""

    side: CallAgency
    coordinator: User | None
    phone: str
    officers: tuple[User, ...]


@dataclass(frozen=True)
class Page:
    """All that the practical page shows. ``own`` is the reader's record as a coordinator, or nothing."""

    seminar: Seminar
    records: tuple[Proposal, ...]
    own: Proposal | None
    practical: Practical
    people: tuple[Participant, ...]
    granted: tuple[Granted, ...]
    contacts: tuple[Contact, ...]
    changes: tuple[Change, ...]
    report: Report | None

    @property
    def facts(self) -> Proposal:
        """The record that dates, venue and programme are read from: the reader's own, or else the first."""
        return self.own or self.records[0]

    @property
    def title(self) -> str:
        """The title, the English one where there is one."""
        said = (getattr(record, f"title_{code}") for code in ("en", "fr", "ja") for record in self.records)
        return next(filter(None, said), "")

    @property
    def nameless(self) -> tuple[Participant, ...]:
        """Those whose name as in a passport is not known in full."""
        return tuple(one for one in self.people if not (one.family_name and one.given_name))

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day, of the venue's calendar."""
        return self.facts.start_on, self.facts.end_on

    @property
    def changed_at(self) -> datetime:
        """When anything of the dates or the practical information was last changed (UTC)."""
        return max([*(record.changed_at for record in self.records), *filter(None, [self.practical.saved_at])])


def records_of(seminar: Seminar) -> tuple[Proposal, ...]:
    """Return the records of a pair with people, programme and budget, in the order of the agencies."""
    related = ("side__call", "side__agency", "coordinator", "award")
    found = Proposal.objects.filter(seminar=seminar).select_related(*related)
    fetched = found.prefetch_related("participants", "sessions", "award__lines__line")
    return tuple(fetched.order_by("side__agency__accent"))


def people_of(records: Sequence[Proposal]) -> tuple[Participant, ...]:
    """Return who takes part, each once, by side and role; a record speaks first for the people of its own side."""
    named = [(record, person) for record in records for person in record.participants.all()]
    named.sort(key=lambda pair: pair[1].side != pair[0].side.agency.country)
    kept: list[Participant] = []
    known: list[ParticipantFacts] = []
    for _record, person in named:
        facts = participant_facts(person)
        if not any(facts.is_same_person(other) for other in known):
            known.append(facts)
            kept.append(person)
    sides = [record.side.agency.country for record in records]
    last = len(sides) + 1

    def place(person: Participant) -> tuple[int, int, str]:
        side = sides.index(person.side) if person.side in sides else last - (1 if person.side else 0)
        return side, ROLES.index(person.role), (person.family_name or person.family_name_kana).casefold()

    return tuple(sorted(kept, key=place))


def practical_of(seminar: Seminar) -> Practical:
    """Return the practical information of a seminar, empty before its first saving."""
    return Practical.objects.filter(seminar=seminar).first() or Practical(seminar=seminar)


def page_of(seminar: Seminar, user: User) -> Page:
    """Return the practical page of a seminar of ``confirmed_for(user)``, in a fixed number of queries."""
    records = records_of(seminar)
    sides = list(CallAgency.objects.filter(call=seminar.call_id).select_related("agency").order_by("agency__accent"))
    changes = Change.objects.filter(seminar=seminar).select_related("side__agency")
    return Page(
        seminar=seminar,
        records=records,
        own=next((record for record in records if record.coordinator_id == user.pk), None),
        practical=practical_of(seminar),
        people=people_of(records),
        granted=tuple(_granted(side, records) for side in sides),
        contacts=tuple(_contact(seminar, side, records) for side in sides),
        changes=tuple(changes.prefetch_related("words__side__agency")),
        report=Report.objects.visible_to(user).with_terms().filter(seminar=seminar).first(),
    )


def _record_on(side: CallAgency, records: Iterable[Proposal]) -> Proposal | None:
    return next((record for record in records if record.side_id == side.pk), None)


def _granted(side: CallAgency, records: Iterable[Proposal]) -> Granted:
    record = _record_on(side, records)
    award = getattr(record, "award", None)
    if award is None or award.state != AwardState.ACCEPTED:
        return Granted(side, ())
    sums: dict[str, Decimal] = {}
    for granted in award.lines.all():
        kind = str(granted.line.get_kind_display())
        sums[kind] = sums.get(kind, Decimal(0)) + granted.approved
    return Granted(side, tuple(sums.items()))


def _contact(seminar: Seminar, side: CallAgency, records: Iterable[Proposal]) -> Contact:
    record = _record_on(side, records)
    rows = record.participants.all() if record else ()
    leaders = (one for one in rows if one.role == ParticipantRole.COORDINATOR)
    own = next((one for one in leaders if one.side == side.agency.country), None)
    return Contact(
        side=side,
        coordinator=record.coordinator if record else None,
        phone=str(own.phone) if own and own.phone else "",
        officers=tuple(officers_who_see(seminar, [side])),
    )
