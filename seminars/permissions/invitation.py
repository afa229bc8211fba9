"""Inviting a partner, and answering an invitation."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState
from seminars.models import Invitation, Proposal
from seminars.permissions.base import Refusal, not_owner
from seminars.rules import deadline

INVITATIONS_A_DAY = 5


def invite_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not invite a partner at ``at``; fetch the record ``with_pairing``.

    Not theirs, ended, paired already, the partner's deadline passed, or too many invitations in a day.
    """
    counterpart = proposal.side.counterpart
    if refusal := not_owner(proposal, by):
        return refusal
    if proposal.state_at(at) in (ProposalState.WITHDRAWN, ProposalState.LAPSED):
        return _("This record has ended: it can have no partner any more.")
    if proposal.seminar_id is not None:
        return _("This record has a partner already.")
    if counterpart is None:
        return _("This call has one side only.")
    if not deadline.is_on_time(at, counterpart.deadline_at):
        return _("The deadline of your partner's agency has passed.")
    if sum(sent.sent_at > at - timedelta(days=1) for sent in proposal.invitations.all()) >= INVITATIONS_A_DAY:
        return _("You have sent several invitations today. Please wait until tomorrow before you send another one.")
    return None


def address_refusal(email: str, by: User) -> Refusal | None:
    """Say why ``by`` may not invite the address ``email``: not plain letters, or their own (R10, SAFETY 14)."""
    if not email.isascii():
        return _("Please write the address with plain letters, without accents.")
    if email.lower() == by.email or EmailAddress.objects.filter(user=by, email=email.lower()).exists():
        return _("This is your own address. The two coordinators must be two different people.")
    return None


def invitation_refusal(invitation: Invitation, at: datetime) -> Refusal | None:
    """Say why nobody can answer an invitation any more at ``at``; fetch it with its record's side and seminar."""
    if invitation.accepted_at:
        return _("This invitation has been accepted already: it works once.")
    if invitation.declined_at:
        return _("This invitation has been declined.")
    if invitation.revoked_at:
        return _("This invitation has been taken back.")
    if not invitation.is_pending(at):
        return _("This invitation has expired.")
    if invitation.proposal.state_at(at) in (ProposalState.WITHDRAWN, ProposalState.LAPSED):
        return _("The record you were invited to has ended.")
    return None


def accept_refusal(invitation: Invitation, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not accept an invitation at ``at``.

    It is over, it is their own, or it was sent to an address that is not exactly one ``by`` has verified
    (SAFETY 14: equal letter for letter, for ``mıke`` is not ``mike``).
    """
    if refusal := invitation_refusal(invitation, at):
        return refusal
    if by.pk in (invitation.sent_by_id, invitation.proposal.coordinator_id):
        return _("This is your own invitation. The two coordinators must be two different people.")
    if not EmailAddress.objects.filter(user=by, email=invitation.email, verified=True).exists():
        return _("This invitation is for another e-mail address than yours.")
    if invitation.proposal.seminar_id is not None:
        return _("The record you were invited to has a partner already.")
    return None


def attach_refusal(proposal: Proposal, invitation: Invitation, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not answer an invitation with a record of their own: wrong side, ended, or paired."""
    if refusal := not_owner(proposal, by):
        return refusal
    same_call = proposal.side.call_id == invitation.proposal.side.call_id
    if not same_call or proposal.side_id == invitation.proposal.side_id:
        return _("This record is not for the other agency of the same call.")
    if proposal.seminar_id is not None:
        return _("Your record has a partner already. Leave that pair before you accept this invitation.")
    if proposal.state_at(at) in (ProposalState.WITHDRAWN, ProposalState.LAPSED):
        return _("This record has ended: it can have no partner any more.")
    return None
