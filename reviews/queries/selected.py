"""The selected seminars of a call as the public reads of them: title, coordinators, dates and venue."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from reviews.models import Report
from seminars.choices import FUNDED, ParticipantRole
from seminars.models import Call, ListedApplication, Participant, Proposal, Seminar


@dataclass
class Selected:
    """One seminar, as far as its halves say."""

    seminar: Seminar
    title: str = ""
    people: list[tuple[str, str]] = field(default_factory=list)
    start_on: date | None = None
    end_on: date | None = None
    city: str = ""
    country: str = ""
    has_summary: bool = False
    """Whether a summary of its report is published."""

    def add(self, half: Proposal | ListedApplication, name: str, institution: str) -> None:
        """Take from a half its coordinator, and what no earlier half has said."""
        self.people.append((name, institution))
        titles = (half.title_en, getattr(half, "title_fr", "") or getattr(half, "title_original", ""), half.title_ja)
        self.title = self.title or next(filter(None, titles), "")
        if self.start_on is None:
            self.start_on, self.end_on = half.start_on, half.end_on
        if not self.city:
            self.city, self.country = half.venue_city, half.venue_country


def selected_of(call: Call) -> list[Selected]:
    """Return the seminars of a call that were announced as selected, by number. Five queries."""
    pairs = Seminar.objects.filter(call=call, state__in=FUNDED).select_related("call").order_by("pk")
    told = set(Report.objects.published().filter(seminar__call=call).values_list("seminar", flat=True))
    found = {pair.pk: Selected(pair, has_summary=pair.pk in told) for pair in pairs}
    coordinators = Participant.objects.filter(role=ParticipantRole.COORDINATOR)
    records = Proposal.objects.filter(seminar__in=found).select_related("side__agency", "coordinator")
    records = records.prefetch_related(Prefetch("participants", coordinators)).order_by("side__agency__accent")
    for record in records:
        country = record.side.agency.country
        own = next((person for person in record.participants.all() if person.side == country), None)
        # Never str(): it may fall back on an address, and this page is public.
        name = (own and own.display_name) or record.coordinator.display_name
        laboratory = own.laboratory if own else None
        found[record.seminar_id or 0].add(record, name, laboratory.institution if laboratory else "")
    for row in ListedApplication.objects.filter(seminar__in=found):
        found[row.seminar_id or 0].add(row, row.display_name, row.institution)
    return list(found.values())
