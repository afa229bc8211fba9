"""Changes of selected seminars: who may read them, and what the rules say to what is asked (R28)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from reviews.models import Change
from seminars.dossiers import dossier_of, terms_of
from seminars.models import Proposal, Seminar
from seminars.rules import completeness
from seminars.rules.dossier import Dossier, Violation

FACTS = ("start_on", "end_on", "venue_name", "venue_city", "venue_country")
STOPPING = ("R6", "R7", "R9")
"""Rules that no change may break; R8 counts no other days, so that it cannot be broken."""
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


def wanted_of(change: Change) -> Wanted:
    """Return what a change asks for."""
    return Wanted(**{name: getattr(change, name) for name in FACTS})


def changes_for(user: User) -> QuerySet[Change]:
    """Return the changes of the pairs that an officer oversees, without pairs one is shut out of or coordinates."""
    pairs = Seminar.objects.overseen_by(user).values("pk")
    mine = Proposal.objects.filter(coordinator=user, seminar__isnull=False).values("seminar")
    found = Change.objects.filter(seminar__in=pairs).exclude(seminar__in=user.recusals.values("seminar"))
    related = ("seminar__call", "side__agency", "asked_by")
    return found.exclude(seminar__in=mine).select_related(*related).prefetch_related("words__side__agency")


def says_now(proposal: Proposal) -> dict[str, Any]:
    """Return what a record says of dates and venue, as JSON."""
    values = {name: getattr(proposal, name) for name in FACTS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def results_of(seminar_id: int, wanted: Wanted) -> tuple[Violation, ...]:
    """Return what the rules find in either record once it says what is wanted; the sessions move with the first day."""
    records = list(Proposal.objects.with_dossier().filter(seminar=seminar_id).order_by("pk"))
    changed = [_changed(dossier_of(record), wanted) for record in records]
    found: dict[tuple[str, str, str], Violation] = {}
    for record, dossier in zip(records, changed, strict=True):
        partner = next((other for other in changed if other is not dossier), None)
        for violation in completeness.check(dossier, terms_of(record.side), partner):
            if violation.blocking and violation.rule in SHOWN_RULES:
                found.setdefault((violation.rule, violation.code, violation.field), violation)
    return tuple(found.values())


def stopping(violations: Sequence[Violation]) -> list[Violation]:
    """Return the violations that stand in the way of a change."""
    return [violation for violation in violations if violation.rule in STOPPING]


def _changed(dossier: Dossier, wanted: Wanted) -> Dossier:
    shared = dossier.shared
    days = moved_by(shared.start_on, wanted.start_on)
    sessions = tuple(replace(session, on=session.on + days) for session in shared.sessions)
    return replace(dossier, shared=replace(shared, **wanted.__dict__, sessions=sessions))


def moved_by(before: date | None, after: date) -> timedelta:
    """Return by how much the sessions move."""
    return after - before if before else timedelta(0)
