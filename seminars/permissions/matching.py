"""Making a pair of two halves as an officer, refusing a candidate, and taking a match apart."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState, SeminarState
from seminars.models import EligibilityDecision, ListedApplication, Proposal, Seminar
from seminars.permissions.base import Refusal, first

Half = Proposal | ListedApplication
ENDED = (ProposalState.WITHDRAWN, ProposalState.LAPSED)


def compare_refusal(record: Proposal, half: Half, by: User) -> Refusal | None:
    """Say why ``by`` may not judge whether two halves are one seminar.

    The record is not of an agency ``by`` acts for, the other half is not theirs to read, or the two are not of the
    two sides of one call.
    """
    if record.side.agency_id not in by.officer_agencies:
        return _("Only an officer of this agency may do this.")
    if isinstance(half, ListedApplication):
        readable = ListedApplication.objects.visible_to(by).filter(pk=half.pk).exists()
    else:
        readable = half.side.agency_id in by.officer_agencies
    if not readable:
        return _("You cannot see this application.")
    if record.side.call_id != half.side.call_id or record.side_id == half.side_id:
        return _("The two halves of a seminar are filed with the two agencies of one call.")
    return None


def stands_for(half: Half, at: datetime) -> Half:
    """Return the record that a row stands for, where the same application is filed here and has not ended."""
    if isinstance(half, ListedApplication) and half.record is not None and half.record.state_at(at) not in ENDED:
        return half.record
    return half


def match_refusal(record: Proposal, half: Half, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not make a pair of a record and another half at ``at``; fetch records ``with_side``.

    One of them has ended or is in a pair already, both have one coordinator (R10), or their coordinators are making a
    pair with somebody else themselves. Where a row stands for a record, it is that record which is asked about.
    """
    other = stands_for(half, at)
    return first(
        lambda: compare_refusal(record, half, by),
        lambda: _taken(record, at),
        lambda: _row_taken(half) if isinstance(half, ListedApplication) else None,
        lambda: _taken(other, at) if isinstance(other, Proposal) else None,
        lambda: _forming(record, other, at),
        lambda: _forming(other, record, at) if isinstance(other, Proposal) else None,
        lambda: _one_person(record, other),
    )


def _taken(record: Proposal, at: datetime) -> Refusal | None:
    if record.state_at(at) in ENDED:
        return _("This record has ended: it can have no partner any more.")
    if record.seminar is not None and record.seminar.is_confirmed:
        return _("This record is in a pair already.")
    return None


def _row_taken(row: ListedApplication) -> Refusal | None:
    return _("This application is in a pair already.") if row.seminar_id is not None else None


def _forming(record: Proposal, half: Half, at: datetime) -> Refusal | None:
    """Refuse where a record is becoming a pair with another one that has not ended."""
    partner = record.partner if record.seminar is not None else None
    if partner is None or partner == half or partner.state_at(at) in ENDED:
        return None
    return _("Its coordinator is forming a pair with another record. The two confirm it, or leave it, themselves.")


def _one_person(record: Proposal, half: Half) -> Refusal | None:
    if isinstance(half, Proposal):
        same = half.coordinator_id == record.coordinator_id
    else:
        same = bool(half.email) and half.email.lower() == record.coordinator.email
    return _("The two coordinators must be two different people.") if same else None


def take_apart_refusal(seminar: Seminar, by: User) -> Refusal | None:
    """Say why ``by`` may not take a pair apart.

    Its coordinators have made it (it is theirs to leave), none of its records is of an agency ``by`` acts for, or its
    eligibility is decided.
    """
    if seminar.matched_by_id is None:
        return _("The two coordinators have made this pair themselves. Only they can leave it.")
    if not Proposal.objects.filter(seminar=seminar, side__agency__in=by.officer_agencies).exists():
        return _("Only an officer of this agency may do this.")
    if seminar.state != SeminarState.PAIRED or EligibilityDecision.objects.in_force().filter(seminar=seminar).exists():
        return _("The eligibility of this pair is decided. That decision must be reopened first.")
    return None
