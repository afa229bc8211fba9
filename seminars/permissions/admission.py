"""Admitting a record after the deadline."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState
from seminars.models import EligibilityDecision, Proposal
from seminars.permissions.base import Refusal
from seminars.rules import deadline


def admit_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not admit the record late at ``at``: an officer of its agency, after the deadline only."""
    if proposal.side.agency_id not in by.officer_agencies:
        return _("Only an officer of this agency may do this.")
    if deadline.is_on_time(at, proposal.side.deadline_at):
        return _("The deadline has not passed yet.")
    if proposal.state_at(at) != ProposalState.LAPSED:
        return _("Only a record that was not submitted in time can be admitted late.")
    if proposal.seminar_id and EligibilityDecision.objects.in_force().filter(seminar=proposal.seminar_id).exists():
        return _("The eligibility of this pair is decided already. Reopen that decision first.")
    return None


def end_admission_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not take back a late admission at ``at``: not of this agency, none in force, or used."""
    if proposal.side.agency_id not in by.officer_agencies:
        return _("Only an officer of this agency may do this.")
    if proposal.admitted_until is None or proposal.admitted_until < at:
        return _("No late admission is in force.")
    if proposal.state != ProposalState.DRAFT:
        return _("The record has been submitted under this admission already.")
    return None
