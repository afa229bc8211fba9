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
    """Return a user who signs in with an address of their own."""
    number = next(numbers)
    names = {"family_name": "Durand", "given_name": "Ana", "time_zone": "Europe/Paris"}
    return User.objects.create_user(f"person{number}@example.org", **(names | values))


def proposal(on: Call, funder: Agency, state: str = ProposalState.DRAFT, **values: Any) -> Proposal:
    """Return a record of a new coordinator, with the coordinator among its participants."""
    side = CallAgency.objects.get(call=on, agency=funder)
    coordinator = values.pop("coordinator", None) or person()
    made = Proposal.objects.create(
        side=side, coordinator=coordinator, state=state, **{"created_at": BEFORE, "changed_at": BEFORE, **values}
    )
    name_coordinator(made, funder.country, coordinator.email, coordinator)
    return made


def name_coordinator(record: Proposal, side: str, email: str, user: User | None = None) -> Participant:
    """Name a coordinator in a record."""
    names = {name: getattr(user, name) for name in ("family_name", "given_name")} if user else {}
    return Participant.objects.create(
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
