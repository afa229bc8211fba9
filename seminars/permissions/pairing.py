"""Being a pair: writing to the partner, confirming, leaving, taking the partner's values."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState
from seminars.models import Proposal
from seminars.permissions.base import Refusal, closed, not_owner
from seminars.permissions.proposal import edit_refusal


def tell_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not write to the partner at ``at``: not theirs, no partner yet, or one half has ended."""
    ended, partner = (ProposalState.WITHDRAWN, ProposalState.LAPSED), proposal.partner
    if refusal := not_owner(proposal, by):
        return refusal
    if partner is None:
        return _("This record has no partner yet.")
    if proposal.state_at(at) in ended:
        return _("This record has ended.")
    if partner.state_at(at) in ended:
        return _("Your partner's record has ended.")
    return None


def confirm_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not confirm the pair at ``at``; possible before and after submission."""
    confirmed = _("You have confirmed this pair already.") if proposal.pair_confirmed_at else None
    return tell_refusal(proposal, by, at) or confirmed


def leave_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not take the pair apart at ``at``: something is submitted, or after the deadline (R21).

    A partner's record that was withdrawn or has lapsed holds nobody. A pair that an officer made is theirs.
    """
    filed = (ProposalState.AWAITING_INSTITUTION, ProposalState.SUBMITTED)
    partner = proposal.partner
    if refusal := not_owner(proposal, by) or closed(proposal, at):
        return refusal
    if proposal.seminar is not None and proposal.seminar.matched_by_id is not None:
        return _("An officer of the agencies has made this pair. Write to them if it is wrong: they take it apart.")
    if partner is None:
        return _("This record has no partner yet.")
    state, partner_state = proposal.state_at(at), partner.state_at(at)
    if state in (ProposalState.WITHDRAWN, ProposalState.LAPSED):
        return _("This record has ended.")
    if partner_state in filed:
        return _("Your partner has submitted already. Ask your partner to reopen or withdraw that record first.")
    if state in filed and partner_state == ProposalState.DRAFT:
        return _("You have submitted already. Reopen your record first.")
    return None


def take_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not take a value from the partner's record at ``at``: no partner, or no draft to change."""
    return edit_refusal(proposal, by, at) or (None if proposal.partner else _("This record has no partner yet."))
