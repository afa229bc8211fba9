"""500 records to measure on: one record filled in through the real actions, then copied row by row."""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import models

from accounts.models import User
from seminars.actions.rows import add_row
from seminars.choices import CareerStage, CostKind, ParticipantRole, ProposalState, SeminarState, SessionKind, Unit
from seminars.models import BudgetLine, CallAgency, Laboratory, Participant, Proposal, Seminar, Session
from tests import cast
from tests.bench import reconciling

FRENCH, JAPANESE = 300, 200
SUBMITTED = 40


def build(at: datetime) -> None:
    """Fill an empty database: the call, open at ``at``, 300 French and 200 Japanese records, 200 pairs."""
    call = cast.call_2026(opens_at=at - timedelta(days=60))
    deadline_at = (at + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    CallAgency.objects.filter(call=call).update(deadline_at=deadline_at, deadline_on=deadline_at.date())
    cast.inserm_officer()
    french = copies(_full(cast.marie(), "FR", at), FRENCH, "fr")
    japanese = copies(_full(cast.kenji(), "JP", at), JAPANESE, "jp")
    seminars = Seminar.objects.bulk_create(
        Seminar(call=call, state=SeminarState.PAIRED, formed_at=at, paired_at=at) for _ in japanese
    )
    for pair in zip(french, japanese, seminars, strict=False):
        for proposal in pair[:2]:
            proposal.seminar, proposal.pair_confirmed_at = pair[2], at
    for proposal in french[-SUBMITTED:]:
        proposal.state = ProposalState.SUBMITTED
    Proposal.objects.bulk_update([*french, *japanese], ["seminar", "pair_confirmed_at", "state"])
    reconciling.build(call, at)


def _full(person: User, country: str, at: datetime) -> Proposal:
    """Return a complete draft of usual size: ten people, nine sessions, a dozen budget lines."""
    proposal = cast.complete_draft(person, country, at=at)
    by: dict[str, Any] = {"by": person, "at": at}
    own = proposal.participants.get(side=country, role=ParticipantRole.COORDINATOR)
    for number in range(8):
        add_row(
            Participant(
                proposal=proposal,
                side=country,
                role=ParticipantRole.SPEAKER,
                family_name=f"Petit-{'abcdefgh'[number]}",
                given_name="Élodie",
                email=f"guest{number}@{country.lower()}.example",
                laboratory=own.laboratory,
                country_of_work=country,
                career_stage=CareerStage.CR,
                talk_title="Results and open questions",
                young=True,
                statutory=number % 2 == 0,
            ),
            **by,
        )
        session = Session(on=proposal.start_on, kind=SessionKind.SEMINAR, title=f"Talk {number}")
        session.proposal, session.starts, session.ends = proposal, time(13, number * 6), time(13, number * 6 + 5)
        add_row(session, **by)
    kind = CostKind.ACCOMMODATION
    for person_row in proposal.participants.filter(side=country, role=ParticipantRole.SPEAKER):
        cost = Decimal(110) if country == "FR" else Decimal(14000)
        line = BudgetLine(kind=kind, participant=person_row, quantity=3, unit=Unit.NIGHT, unit_cost=cost)
        line.proposal = proposal
        add_row(line, **by)
    return cast.reread(proposal)


def copies(original: Proposal, count: int, prefix: str, **changes: Any) -> list[Proposal]:
    """Return ``count`` records like ``original``, itself the first, each of the others with its own coordinator.

    ``changes`` are what the others say instead.
    """
    people = User.objects.bulk_create(
        User(email=f"{prefix}{number}@bench.example", family_name="Nom", given_name="Prénom", password="!")
        for number in range(1, count)
    )
    copied = Proposal.objects.bulk_create(
        twin(original, coordinator=person, title_en=f"{original.title_en} {number}", **changes)
        for number, person in enumerate(people, start=1)
    )
    through = Proposal.areas.through
    areas = original.areas.values_list("pk", flat=True)
    through.objects.bulk_create(
        through(proposal_id=proposal.pk, priorityarea_id=area) for proposal in copied for area in areas
    )
    laboratories = _rows(Laboratory, original, copied, lambda row, place: {})
    people_rows = _rows(
        Participant,
        original,
        copied,
        lambda row, place: {
            "laboratory": laboratories.get((row.laboratory_id, place)),
            "email": f"{prefix}{place}.{row.email}",
            "family_name": f"{row.family_name} {place}",
        },
    )
    _rows(Session, original, copied, lambda row, place: {})
    _rows(
        BudgetLine, original, copied, lambda row, place: {"participant": people_rows.get((row.participant_id, place))}
    )
    return [original, *copied]


def twin(row: models.Model, **changes: Any) -> Any:
    """Return a row like ``row``, not stored yet, with other values where ``changes`` names them."""
    made: Any = copy(row)
    made.pk, made._state = None, models.base.ModelState()
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _rows(
    kind: type[Any], original: Proposal, copied: Iterable[Proposal], changes: Callable[[Any, int], dict[str, Any]]
) -> dict[tuple[int, int], Any]:
    """Copy the rows of ``original`` to every copy; return the new rows by (old id, place of the copy)."""
    places, twins = [], []
    for row in kind.objects.filter(proposal=original):
        for place, proposal in enumerate(copied):
            places.append((row.pk, place))
            twins.append(twin(row, proposal=proposal, form_uuid=uuid4(), **changes(row, place)))
    return dict(zip(places, kind.objects.bulk_create(twins), strict=True))
