"""Starting a record, changing it, filing it and taking it back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState
from seminars.models import CallAgency, Proposal
from seminars.permissions.base import Refusal, closed, first, in_state, not_owner
from seminars.rules import deadline


def corrected(proposal: Proposal) -> Refusal | None:
    """Refuse while a correction is not the coordinator's to write: its time is over, or it is with the institution."""
    if proposal.correct_until is None:
        return None
    if proposal.correction_sent_at is not None:
        return _("The corrected record is with your institution, which approves it or returns it to you.")
    return _("The time for the correction is over. What you submitted before stays in force.")


def start_refusal(side: CallAgency, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not start a record on ``side`` at ``at``: not published, closed, or one open already (R20)."""
    if not side.call.is_published or at < side.call.opens_at:
        return _("The call has not opened yet.")
    if not deadline.is_on_time(at, side.deadline_at):
        return _("The deadline has passed. Applications can no longer be submitted.")
    ended = (ProposalState.WITHDRAWN, ProposalState.LAPSED)
    if Proposal.objects.owned_by(by).filter(side=side).exclude(state__in=ended).exists():
        return _("You already have a proposal for this agency in this call.")
    return None


def edit_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not change the record at ``at``: not theirs, not a draft, or after the deadline (R21).

    A correction that an officer asked for opens a submitted record until its end.
    """
    if proposal.is_being_corrected(at):
        return not_owner(proposal, by)
    return first(
        lambda: not_owner(proposal, by),
        lambda: corrected(proposal),
        lambda: closed(proposal, at),
        lambda: (
            None
            if proposal.state == ProposalState.DRAFT
            else _("This record is no longer a draft. Reopen it to change it.")
        ),
    )


def submit_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not submit at ``at``; what is missing in the record is asked of the rules, not here."""
    if proposal.is_being_corrected(at):
        return not_owner(proposal, by)
    verb = "send_to_institution" if proposal.side.asks_institution_approval else "submit"
    return first(
        lambda: not_owner(proposal, by),
        lambda: corrected(proposal),
        lambda: closed(proposal, at),
        lambda: in_state(proposal, verb, _("Only a draft can be submitted.")),
    )


def reopen_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not reopen a filed record at ``at`` (R21)."""
    return first(
        lambda: not_owner(proposal, by),
        lambda: closed(proposal, at),
        lambda: in_state(proposal, "reopen", _("Only a submitted record can be reopened.")),
    )


def withdraw_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not withdraw the record at ``at`` (R21)."""
    return first(
        lambda: not_owner(proposal, by),
        lambda: closed(proposal, at),
        lambda: in_state(proposal, "withdraw", _("This record has ended already.")),
    )
