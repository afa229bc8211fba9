"""What a person may do now: each function returns why not, or nothing. Views require it, templates show it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.choices import ProposalState
from seminars.models import Call, CallAgency, Invitation, Proposal
from seminars.rules import deadline, states

Refusal = str | Promise
INVITATIONS_A_DAY = 5


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


def end_admission_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not take back a late admission at ``at``: not of this agency, none in force, or used."""
    if proposal.side.agency_id not in by.officer_agencies:
        return _("Only an officer of this agency may do this.")
    if proposal.admitted_until is None or proposal.admitted_until < at:
        return _("No late admission is in force.")
    if proposal.state != ProposalState.DRAFT:
        return _("The record has been submitted under this admission already.")
    return None


def terms_refusal(by: User | None) -> Refusal | None:
    """Say why ``by`` may not change the terms of a call: not an administrator. A command has nobody to ask."""
    return None if by is None or by.is_staff else _("Only an administrator may do this.")


def tell_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not write to the partner at ``at``: not theirs, no partner yet, or one half has ended."""
    ended, partner = (ProposalState.WITHDRAWN, ProposalState.LAPSED), proposal.partner
    if refusal := _not_owner(proposal, by):
        return refusal
    if partner is None:
        return _("This record has no partner yet.")
    if proposal.state_at(at) in ended:
        return _("This record has ended.")
    if partner.state_at(at) in ended:
        return _("Your partner's record has ended.")
    return None


def invite_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not invite a partner at ``at``; fetch the record ``with_pairing``.

    Not theirs, ended, paired already, the partner's deadline passed, or too many invitations in a day.
    """
    counterpart = proposal.side.counterpart
    if refusal := _not_owner(proposal, by):
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
    if refusal := _not_owner(proposal, by):
        return refusal
    same_call = proposal.side.call_id == invitation.proposal.side.call_id
    if not same_call or proposal.side_id == invitation.proposal.side_id:
        return _("This record is not for the other agency of the same call.")
    if proposal.seminar_id is not None:
        return _("Your record has a partner already. Leave that pair before you accept this invitation.")
    if proposal.state_at(at) in (ProposalState.WITHDRAWN, ProposalState.LAPSED):
        return _("This record has ended: it can have no partner any more.")
    return None


def confirm_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not confirm the pair at ``at``; possible before and after submission."""
    confirmed = _("You have confirmed this pair already.") if proposal.pair_confirmed_at else None
    return tell_refusal(proposal, by, at) or confirmed


def leave_refusal(proposal: Proposal, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not take the pair apart at ``at``: something is submitted, or after the deadline (R21).

    A partner's record that was withdrawn or has lapsed holds nobody.
    """
    filed = (ProposalState.AWAITING_INSTITUTION, ProposalState.SUBMITTED)
    partner = proposal.partner
    if refusal := _not_owner(proposal, by) or _closed(proposal, at):
        return refusal
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


def remove_part_refusal(call: Call, by: User | None) -> Refusal | None:
    """Say why ``by`` may not remove a part of ``call``: not an administrator, or records rely on its terms."""
    if Proposal.objects.filter(side__call=call).exists():
        return _("Records have been started in this call: its parts can be changed, but not removed.")
    return terms_refusal(by)
