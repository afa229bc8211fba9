"""Changes of selected seminars: who may read them, and what the rules say to what is asked (R28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from reviews.choices import ChangeDeed
from reviews.models import Change
from reviews.models.change import person_of
from reviews.models.closed import pairs_run_by
from reviews.rules.change import mark, newly_broken, same_person, with_person
from seminars.models import Proposal
from seminars.queries.dossiers import dossier_of, participant_facts, terms_of
from seminars.rules import completeness
from seminars.rules.dossier import Dossier, ParticipantFacts, Violation

FACTS = ("start_on", "end_on", "venue_name", "venue_city", "venue_country")
STOPPING = ("R6", "R7", "R9")
"""Rules that no dates and no venue may break; R8 counts no other days, so that it cannot be broken."""
SHOWN_RULES = (*STOPPING, "R11", "R12", "R13", "R14", "R15")
"""Rules that run again on the changed records."""


@dataclass(frozen=True)
class Wanted:
    """What a seminar's records are to say: days of the venue's calendar, and the venue."""

    start_on: date
    end_on: date
    venue_name: str
    venue_city: str
    venue_country: str


@dataclass(frozen=True)
class Findings:
    """What the rules find in both records once a change is in force; ``stopping`` stands in its way."""

    found: tuple[Violation, ...]
    stopping: tuple[Violation, ...]


def wanted_of(change: Change) -> Wanted:
    """Return what a change asks for."""
    return Wanted(**{name: getattr(change, name) for name in FACTS})


def changes_for(user: User) -> QuerySet[Change]:
    """Return the changes of the pairs that an officer oversees, without pairs one is shut out of or coordinates."""
    found = Change.objects.filter(seminar__in=pairs_run_by(user).values("pk"))
    related = ("seminar__call", "side__agency", "asked_by")
    return found.select_related(*related).prefetch_related("words__side__agency")


def says_now(proposal: Proposal) -> dict[str, Any]:
    """Return what a record says of dates and venue, as JSON."""
    values = {name: getattr(proposal, name) for name in FACTS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def findings_of(change: Change) -> Findings:
    """Return what the rules find in either record once it says what is asked for.

    Dates and a venue are stopped by the rules about them, whatever else does not hold; a change of participants by
    whatever it breaks itself, and what it only worsens is shown with it.
    """
    records = list(Proposal.objects.with_dossier().filter(seminar=change.seminar_id).order_by("pk"))
    now = [dossier_of(record) for record in records]
    if not change.deed:
        changed = [_changed(dossier, wanted_of(change)) for dossier in now]
        shown = [one for one in _judged(records, changed) if one.blocking and one.rule in SHOWN_RULES]
        return Findings(tuple(shown), tuple(one for one in shown if one.rule in STOPPING))
    after = _judged(records, _with_people(records, now, change))
    new = newly_broken(_judged(records, now), after)
    kept = [one for one in after if one not in new and one.blocking and one.rule in SHOWN_RULES]
    return Findings((*new, *kept), tuple(one for one in new if one.blocking))


def _judged(records: Sequence[Proposal], dossiers: Sequence[Dossier]) -> list[Violation]:
    found: dict[Any, Violation] = {}
    for record, dossier in zip(records, dossiers, strict=True):
        partner = next((other for other in dossiers if other is not dossier), None)
        for violation in completeness.check(dossier, terms_of(record.side), partner):
            found.setdefault(mark(violation), violation)
    return list(found.values())


def _changed(dossier: Dossier, wanted: Wanted) -> Dossier:
    shared = dossier.shared
    days = moved_by(shared.start_on, wanted.start_on)
    sessions = tuple(replace(session, on=session.on + days) for session in shared.sessions)
    return replace(dossier, shared=replace(shared, **wanted.__dict__, sessions=sessions))


def moved_by(before: date | None, after: date) -> timedelta:
    """Return by how much the sessions move."""
    return after - before if before else timedelta(0)


def facts_in(values: Mapping[str, Any], pk: int) -> ParticipantFacts:
    """Return a participant as a change holds it, in the place of the row with this id, as plain values."""
    return replace(participant_facts(person_of(values)), id=pk)


def _with_people(records: Sequence[Proposal], dossiers: Sequence[Dossier], change: Change) -> list[Dossier]:
    made = []
    for record, dossier in zip(records, dossiers, strict=True):
        is_own = record.side_id == change.side_id
        old = None
        if change.deed != ChangeDeed.ADD:
            was = facts_in(change.person_before, change.participant or 0)
            old = was if is_own else same_person(dossier, was)
        elif not is_own:
            made.append(dossier)
            continue
        is_there = is_own or old is not None
        new = facts_in(change.person, old.id if old else 0) if change.person and is_there else None
        made.append(with_person(dossier, old, new))
    return made
