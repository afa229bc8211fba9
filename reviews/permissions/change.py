"""Asking for other dates or another venue, and deciding on it (R28)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import ChangeState
from reviews.models import Change
from reviews.permissions.award import decline_award_refusal
from reviews.permissions.base import not_officer
from seminars.models import CallAgency, Proposal
from seminars.permissions import Refusal
from seminars.permissions.base import not_owner


def ask_change_refusal(proposal: Proposal, by: User) -> Refusal | None:
    """Say why ``by`` may not ask for a change of the selected or confirmed seminar."""
    if refusal := decline_award_refusal(proposal, by):
        return refusal
    if Change.objects.filter(seminar=proposal.seminar_id, state=ChangeState.ASKED).exists():
        return _("A change is with both agencies already. It must be settled first.")
    return None


def withdraw_change_refusal(change: Change, proposal: Proposal, by: User) -> Refusal | None:
    """Say why ``by`` may not take back what the coordinator of a record has asked for."""
    if refusal := not_owner(proposal, by):
        return refusal
    if (change.seminar_id, change.side_id) != (proposal.seminar_id, proposal.side_id):
        return _("Your partner has asked for this change.")
    return None if change.state == ChangeState.ASKED else _("This change is settled already.")


def decide_change_refusal(change: Change, side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not decide on a change for a side."""
    if refusal := not_officer(side, by):
        return refusal
    if change.state != ChangeState.ASKED:
        return _("This change is settled already.")
    return _("Your agency has decided already.") if change.words.filter(side=side).exists() else None
