"""What a person may do now: each function returns why not, or nothing. Views require it, templates show it."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState
from seminars.models import CallAgency, Proposal
from seminars.rules import deadline, states

Refusal = str | Promise


class Refused(Exception):
    """An action was asked for that the person may not do; ``args[0]`` is the reason in words."""


def require(refusal: Refusal | None) -> None:
    """Raise Refused when there is a reason to refuse."""
    if refusal is not None:
        raise Refused(refusal)


def _not_owner(proposal: Proposal, by: User) -> Refusal | None:
    return None if proposal.coordinator_id == by.pk else _("Only the coordinator of this record may do this.")


def _closed(proposal: Proposal, at: datetime) -> Refusal | None:
    if at < proposal.side.call.opens_at:
        return _("The call has not opened yet.")
    if not deadline.is_on_time(at, proposal.side.deadline_at, proposal.admitted_until):
        return _("The deadline has passed. Applications can no longer be submitted.")
    return None


def _state(proposal: Proposal, verb: str, reason: Refusal) -> Refusal | None:
    return None if states.allowed(states.PROPOSAL, verb, proposal.state) else reason


def _first(*checks: Callable[[], Refusal | None]) -> Refusal | None:
    for check in checks:
        if (refusal := check()) is not None:
            return refusal
    return None


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
    """Say why ``by`` may not change the record at ``at``: not theirs, not a draft, or after the deadline (R21)."""
    return _first(
        lambda: _not_owner(proposal, by),
        lambda: _closed(proposal, at),
        lambda: (
            None
            if proposal.state == ProposalState.DRAFT
            else _("This record is no longer a draft. Reopen it to change it.")
        ),
    )


def submit_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not submit at ``at``; what is missing in the record is asked of the rules, not here."""
    verb = "send_to_institution" if proposal.side.asks_institution_approval else "submit"
    return _first(
        lambda: _not_owner(proposal, by),
        lambda: _closed(proposal, at),
        lambda: _state(proposal, verb, _("Only a draft can be submitted.")),
    )


def reopen_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not reopen a filed record at ``at`` (R21)."""
    return _first(
        lambda: _not_owner(proposal, by),
        lambda: _closed(proposal, at),
        lambda: _state(proposal, "reopen", _("Only a submitted record can be reopened.")),
    )


def withdraw_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not withdraw the record at ``at`` (R21)."""
    return _first(
        lambda: _not_owner(proposal, by),
        lambda: _closed(proposal, at),
        lambda: _state(proposal, "withdraw", _("This record has ended already.")),
    )


def admit_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not admit the record late at ``at``: an officer of its agency, after the deadline only."""
    if proposal.side.agency_id not in by.officer_agencies:
        return _("Only an officer of this agency may do this.")
    if deadline.is_on_time(at, proposal.side.deadline_at):
        return _("The deadline has not passed yet.")
    if proposal.state_at(at) != ProposalState.LAPSED:
        return _("Only a record that was not submitted in time can be admitted late.")
    return None
