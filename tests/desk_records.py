"""Records for the officers' desk: rows of any state and pairing, in a line each."""

import itertools
from datetime import timedelta
from typing import Any

from accounts.models import Agency, User
from seminars.choices import ParticipantRole, ProposalState, SeminarState
from seminars.models import Call, CallAgency, Participant, Proposal, Seminar
from tests.cast import DEADLINE

BEFORE = DEADLINE - timedelta(days=30)
AFTER = DEADLINE + timedelta(days=1)
numbers = itertools.count(1)


def person(**values: Any) -> User:
    """Return a user with an address of their own."""
    made = unsaved_person(**values)
    made.save()
    return made


def unsaved_person(**values: Any) -> User:
    """Return a user with an address of their own, and no password, who is to be saved."""
    names = {"family_name": "Durand", "given_name": "Ana", "time_zone": "Europe/Paris"}
    made = User(email=f"person{next(numbers)}@example.org", **(names | values))
    made.set_unusable_password()
    return made


def proposal(on: Call, funder: Agency, state: str = ProposalState.DRAFT, **values: Any) -> Proposal:
    """Return a record of a new coordinator, with the coordinator among its participants."""
    side = CallAgency.objects.get(call=on, agency=funder)
    side.call, side.agency = on, funder
    coordinator = values.pop("coordinator", None) or person()
    made = Proposal.objects.create(
        side=side, coordinator=coordinator, state=state, **{"created_at": BEFORE, "changed_at": BEFORE, **values}
    )
    name_coordinator(made, funder.country, coordinator.email, coordinator)
    return made


def name_coordinator(record: Proposal, side: str, email: str, user: User | None = None) -> Participant:
    """Name a coordinator in a record."""
    named = unsaved_coordinator(record, side, email, user)
    named.save()
    return named


def unsaved_coordinator(record: Proposal, side: str, email: str, user: User | None = None) -> Participant:
    """Return a coordinator of a record, who is to be saved."""
    names = {name: getattr(user, name) for name in ("family_name", "given_name")} if user else {}
    return Participant(
        proposal=record, side=side, role=ParticipantRole.COORDINATOR, email=email, saved_at=BEFORE, **names
    )


def pair(first: Proposal, second: Proposal, state: str = SeminarState.PAIRED, *, named: bool = True) -> Seminar:
    """Join two records; each names the other's coordinator unless ``named`` is false."""
    paired_at = None if state == SeminarState.FORMING else BEFORE
    seminar = Seminar.objects.create(call=first.side.call, state=state, formed_at=BEFORE, paired_at=paired_at)
    for own, other in ((first, second), (second, first)):
        own.seminar = seminar
        own.pair_confirmed_at = paired_at
        own.save()
        if named:
            name_coordinator(own, other.side.agency.country, other.coordinator.email, other.coordinator)
    return seminar
