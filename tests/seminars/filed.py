"""Pairs and records as officers find them after the deadline, filed through the real actions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Agency, User
from seminars.actions import eligibility, pairing, submission
from seminars.choices import Eligibility, ProposalState
from seminars.eligibility import Case, cases
from seminars.models import Approval, Call, CallAgency, EligibilityDecision, Proposal, Seminar, Submission
from tests import cast
from tests.desk_records import BEFORE, pair, proposal

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
    return cast.side_of(cast.call_2026(), country)


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
    funder = cast.inserm() if country == "FR" else cast.jsps()
    record = proposal(cast.call_2026(), funder, ProposalState.SUBMITTED, **values)
    Submission.objects.create(
        proposal=record,
        form_uuid=f"00000000-0000-0000-0000-{record.pk:012d}",
        number=f"N-{record.pk}",
        arrived_at=BEFORE,
        counted_at=BEFORE,
        by=record.coordinator,
        snapshot="{}",
        sha256="0" * 64,
    )
    return record


def bare_pair(title: str = "Bare") -> Seminar:
    return pair(filed("FR", title_en=title), filed("JP", title_en=title))
