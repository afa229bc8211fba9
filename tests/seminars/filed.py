"""Pairs and records as officers find them after the deadline, filed through the real actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Agency, User
from seminars.actions import eligibility, pairing, submission
from seminars.choices import Eligibility, ProposalState, SeminarState
from seminars.models import Approval, Call, CallAgency, EligibilityDecision, Participant, Proposal, Seminar, Submission
from seminars.queries.eligibility import Case, cases
from tests import cast
from tests.desk_records import BEFORE, proposal, unsaved_coordinator, unsaved_person

AFTER = cast.DEADLINE + timedelta(days=1)
WHY = {"en": "Wrong track.", "fr": "Mauvais volet.", "ja": "申請区分が異なります。"}


def submit(proposal: Proposal, at: datetime = cast.BEFORE) -> Proposal:
    """File a record, its institution's approval included."""
    filed = submission.submit(proposal.pk, form_uuid=uuid4(), by=proposal.coordinator, at=at)
    if approval := Approval.objects.filter(submission=filed).first():
        submission.approve(approval, at=at)
    return cast.reread(proposal)


def pair_up(french: Proposal, japanese: Proposal) -> Seminar:
    """Make two drafts a pair that both coordinators have confirmed."""
    invitation = cast.invited(french, japanese.coordinator)
    cast.verified(japanese.coordinator)
    pairing.accept_invitation(invitation, by=japanese.coordinator, at=cast.BEFORE, attach=japanese)
    for record in (french, japanese):
        pairing.confirm_pair(record, by=record.coordinator, at=cast.BEFORE)
    return Seminar.objects.get(proposals=french)


def filed_pair(french: User | None = None, japanese: User | None = None, *, only: str = "") -> Seminar:
    """Marie's and Kenji's pair, or that of two others; ``only`` names the country of the one half that is filed."""
    one, other = french or cast.marie(), japanese or cast.kenji()
    records = (cast.complete_draft(one, partner=other), cast.complete_draft(other, "JP", partner=one))
    seminar = pair_up(*records)
    for country, record in zip(("FR", "JP"), records, strict=True):
        if only in ("", country):
            submit(record)
    return seminar


def side(country: str) -> CallAgency:
    """Return the side of the call of 2026 whose agency is in ``country``."""
    sides = CallAgency.objects.select_related("call", "agency").filter(agency__country=country)
    return sides.filter(call__code=cast.CODE).first() or cast.side_of(cast.call_2026(), country)


def seen(user: User, at: datetime = AFTER) -> list[Case]:
    return cases(user, Call.objects.with_terms().get(), at)


def officer(country: str) -> User:
    return cast.inserm_officer() if country == "FR" else cast.jsps_officer()


def agency(country: str) -> Agency:
    return side(country).agency


def decide(
    target: Seminar | Proposal,
    country: str,
    outcome: str = Eligibility.ELIGIBLE,
    *,
    by: User | None = None,
    at: datetime = AFTER,
    until: datetime | None = None,
    reasons: Mapping[str, str] | None = None,
) -> EligibilityDecision:
    """Decide for the agency of one country, by its officer unless told."""
    why = reasons if reasons is not None else {} if outcome == Eligibility.ELIGIBLE else WHY
    return eligibility.decide(
        target,
        side(country),
        outcome=outcome,
        reasons=why,
        rules=["R4"],
        correct_by=until or (at + timedelta(days=7) if outcome == Eligibility.CORRECTION else None),
        by=by or officer(country),
        at=at,
    )


def filed(country: str, **values: Any) -> Proposal:
    """A submitted record with its filing, without the contents."""
    of = side(country)
    record = proposal(of.call, of.agency, ProposalState.SUBMITTED, **values)
    _filing(record).save()
    return record


def _filing(record: Proposal) -> Submission:
    return Submission(
        proposal=record,
        form_uuid=f"00000000-0000-0000-0000-{record.pk:012d}",
        number=f"N-{record.pk}",
        arrived_at=BEFORE,
        counted_at=BEFORE,
        by=record.coordinator,
        snapshot="{}",
        sha256="0" * 64,
    )


def bare_pair(title: str = "Bare") -> Seminar:
    """Return a pair that both sides have filed, without the contents."""
    return bare_pairs([title])[0]


def bare_pairs(titles: Sequence[str]) -> list[Seminar]:
    """Return such a pair for each title, in as many queries for all as for one."""
    sides = (side("FR"), side("JP"))
    joined = {"call": sides[0].call, "state": SeminarState.PAIRED, "formed_at": BEFORE, "paired_at": BEFORE}
    pairs = Seminar.objects.bulk_create(Seminar(**joined) for _title in titles)
    people = iter(User.objects.bulk_create(unsaved_person() for _record in (*titles, *titles)))
    values = {"state": ProposalState.SUBMITTED, "created_at": BEFORE, "changed_at": BEFORE, "pair_confirmed_at": BEFORE}
    records = Proposal.objects.bulk_create(
        Proposal(side=of, coordinator=next(people), seminar=one, title_en=title, **values)
        for one, title in zip(pairs, titles, strict=True)
        for of in sides
    )
    named = []
    for french, japanese in zip(records[::2], records[1::2], strict=True):
        for own, other in ((french, japanese), (japanese, french)):
            for record in (own, other):
                person = record.coordinator
                named.append(unsaved_coordinator(own, record.side.agency.country, person.email, person))
    Participant.objects.bulk_create(named)
    Submission.objects.bulk_create(map(_filing, records))
    return pairs
