"""Mails about filing: receipts, the institution's word, reopening, withdrawal, lapse and late admission."""

from datetime import datetime

from accounts.actions.messages import queue_message
from accounts.models import User
from seminars.choices import ProposalState
from seminars.mails.addresses import institution_officer, officers_who_see
from seminars.mails.pairing import quoted
from seminars.models import Approval, Proposal, Submission


def _tell(kind: str, proposal: Proposal, about: Proposal, at: datetime) -> None:
    """Write to the coordinator of ``proposal`` about a deed on ``about``; one mail for each instant."""
    context = {"proposal": proposal, "partner": proposal.partner}
    queue_message(kind, to=proposal.coordinator, about=about, context=context, at=at, key=at.isoformat())


def receipt(submission: Submission, *, at: datetime) -> None:
    """Confirm a submission that counts to its coordinator: number, instants, SHA-256, and where the partner stands."""
    proposal = submission.proposal
    context = {
        "submission": submission,
        "proposal": proposal,
        "partner": proposal.partner,
        "listed": proposal.listed,
    }
    queue_message("receipt", to=proposal.coordinator, about=submission, context=context, at=at)


def approval_request(approval: Approval, token: str, *, at: datetime) -> None:
    """Ask the institution's officer to approve a record, by a link without an account; tell its coordinator so."""
    proposal = approval.submission.proposal
    context = {"approval": approval, "submission": approval.submission, "proposal": proposal}
    queue_message(
        "approval_request",
        to=institution_officer(approval),
        about=approval,
        context={**context, "token": token},
        at=at,
    )
    queue_message("sent_to_institution", to=proposal.coordinator, about=approval, context=context, at=at)


def approved(approval: Approval, *, at: datetime) -> None:
    """Thank the institution's officer; the coordinator hears of the approval by the receipt."""
    context = {"approval": approval, "submission": approval.submission, "proposal": approval.submission.proposal}
    queue_message("approved", to=institution_officer(approval), about=approval, context=context, at=at)


def returned(approval: Approval, *, at: datetime) -> None:
    """Tell the coordinator that the institution returned the record for correction, and why."""
    proposal = approval.submission.proposal
    context = {"approval": approval, "proposal": proposal, "reason": quoted(approval.reason)}
    queue_message("returned", to=proposal.coordinator, about=approval, context=context, at=at)


def reopened(proposal: Proposal, *, at: datetime) -> None:
    """Remind the coordinator that a reopened record is a draft again; tell the partner."""
    _tell("reopened", proposal, proposal, at)
    if proposal.partner:
        _tell("partner_reopened", proposal.partner, proposal, at)


def withdrawn(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Confirm a withdrawal ``by`` its coordinator to them; tell the partner that the pair is void (R3)."""
    queue_message("withdrawn", to=by, about=proposal, context={"proposal": proposal}, at=at)
    if proposal.partner:
        _tell("partner_withdrew", proposal.partner, proposal, at)


def lapsed(proposal: Proposal, *, at: datetime) -> None:
    """Tell the coordinator that the record was not submitted in time; and the partner, if theirs was."""
    _tell("lapsed", proposal, proposal, at)
    if proposal.partner and proposal.partner.state == ProposalState.SUBMITTED:
        _tell("partner_lapsed", proposal.partner, proposal, at)


def admitted(proposal: Proposal, *, at: datetime) -> None:
    """Tell the coordinator that the record may be submitted late, and until when."""
    _tell("admitted", proposal, proposal, at)


def admission_ended(proposal: Proposal, *, at: datetime) -> None:
    """Tell the coordinator that a late admission was taken back before it was used."""
    _tell("admission_ended", proposal, proposal, at)


def filed_alone(proposal: Proposal, *, at: datetime) -> None:
    """Tell the partner that ``proposal`` counts as submitted, and the officers while the other half is missing.

    The partner hears each time; each officer who may read the record once, however often it is reopened. When
    both halves are submitted, both coordinators hear that the pair is complete, and no officer is written to; where
    the other half is in the other agency's list, the receipt says so and that is all.
    """
    partner = proposal.partner
    if proposal.listed is not None:
        return
    if partner and partner.state == ProposalState.SUBMITTED:
        _tell("both_filed", proposal, proposal, at)
        _tell("both_filed", partner, proposal, at)
        return
    if partner:
        _tell("partner_filed", partner, proposal, at)
    for officer in officers_who_see(proposal):
        context = {"proposal": proposal, "partner": partner}
        queue_message("filed_alone", to=officer, about=proposal, context=context, at=at)
