"""Inviting the counterpart, becoming a pair, confirming it, and taking it apart."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from accounts.tokens import hashed
from seminars import mails
from seminars.actions.eligibility import end_alone
from seminars.actions.listings import relink
from seminars.actions.locks import lock_pair
from seminars.actions.proposals import start_proposal
from seminars.actions.sharing import share_facts
from seminars.choices import SeminarState
from seminars.models import CallAgency, Invitation, Proposal, Seminar
from seminars.permissions import (
    Refused,
    accept_refusal,
    address_refusal,
    attach_refusal,
    confirm_refusal,
    invitation_refusal,
    invite_refusal,
    leave_refusal,
    require,
)

LIFETIME = timedelta(days=30)
PENDING = {"accepted_at__isnull": True, "declined_at__isnull": True, "revoked_at__isnull": True}


def _lock(proposal_ids: Iterable[int]) -> dict[int, Proposal]:
    """Hold records until the end of the transaction, in id order, and return them as they are then."""
    held = Proposal.objects.filter(pk__in=list(proposal_ids)).order_by("pk")
    list(held.select_for_update().values_list("pk", flat=True))
    return {proposal.pk: proposal for proposal in held.with_dossier().with_pairing()}


def _counterpart(proposal: Proposal) -> CallAgency:
    side = proposal.side.counterpart
    if side is None:
        raise Refused(_("This call has one side only."))
    return side


def _pair(proposal: Proposal) -> tuple[Proposal, Seminar]:
    partner, seminar = proposal.partner, proposal.seminar
    if partner is None or seminar is None:
        raise Refused(_("This record has no partner yet."))
    return partner, seminar


@transaction.atomic
def invite(
    proposal: Proposal, *, email: str, name: str, language: str, message: str, by: User, at: datetime
) -> Invitation:
    """Invite the counterpart at ``email`` to file the other half, and return the invitation.

    The secret leaves in the mail only; its hash is kept. It ends after 30 days or at the deadline of the
    invitee's agency, whichever is first. An invitation still pending is taken back. Raises Refused.
    """
    proposal = _lock([proposal.pk])[proposal.pk]
    require(invite_refusal(proposal, by, at))
    require(address_refusal(email, by))
    side = _counterpart(proposal)
    proposal.invitations.filter(**PENDING).update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        proposal=proposal,
        email=email.lower(),
        name=name,
        language=language,
        message=message,
        token_hash=hashed(token),
        sent_at=at,
        sent_by=by,
        expires_at=min(at + LIFETIME, side.deadline_at),
    )
    record(proposal, "invited", by=by, at=at, after={"email": invitation.email})
    mails.invitation(invitation, token, side, at=at)
    return invitation


@transaction.atomic
def revoke_invitation(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Take a pending invitation back: its link opens nothing any more. Raises Refused when there is none."""
    proposal = _lock([proposal.pk])[proposal.pk]
    pending = next((sent for sent in proposal.invitations.all() if sent.is_pending(at)), None)
    if proposal.coordinator_id != by.pk or pending is None:
        raise Refused(_("There is no invitation to take back."))
    proposal.invitations.filter(**PENDING).update(revoked_at=at)
    record(proposal, "invitation_revoked", by=by, at=at, before={"email": pending.email})


def open_invitation(invitation: Invitation, *, at: datetime) -> bool:
    """Note that the invitee has opened a pending invitation, the first time; returns whether it was that.

    Looking at a page writes nothing, so the page asks for this by a POST of its own when it has loaded. Without
    JavaScript the opening is noted when the invitee answers.
    """
    fresh = Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True, expires_at__gt=at, **PENDING)
    return fresh.update(opened_at=at) == 1


def _claim(invitation: Invitation, at: datetime, **answer: object) -> None:
    """Use the invitation up; of two who answer at once, one is refused (SAFETY 14)."""
    unused = Invitation.objects.filter(pk=invitation.pk, expires_at__gt=at, **PENDING)
    if unused.update(opened_at=Coalesce("opened_at", at), **answer) != 1:
        invitation.refresh_from_db()
        raise Refused(invitation_refusal(invitation, at))


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, at: datetime, attach: Proposal | None = None) -> Proposal:
    """Accept: ``by``'s record and the inviter's become a pair to be confirmed; returns ``by``'s record.

    Without ``attach`` a new record is started for the other agency (R20) with the shared facts filled in; with it
    ``by``'s own draft or submitted record joins as it is, and differences show. Raises Refused: over, for another
    address, one's own, or the call is closed.
    """
    records = _lock([invitation.proposal_id, *([attach.pk] if attach else [])])
    inviting = records[invitation.proposal_id]
    invitation = Invitation.objects.select_related("proposal__side__call").get(pk=invitation.pk)
    require(accept_refusal(invitation, by, at))
    if attach:
        require(attach_refusal(records[attach.pk], invitation, by, at))
    _claim(invitation, at, accepted_at=at, accepted_by=by)
    side = _counterpart(inviting)
    joining = records[attach.pk] if attach else start_proposal(side, by=by, at=at)
    if not attach:
        share_facts(inviting, joining, at=at)
    seminar = Seminar.objects.create(call=side.call, formed_at=at)
    Proposal.objects.filter(pk__in=[inviting.pk, joining.pk]).update(seminar=seminar, pair_confirmed_at=None)
    Invitation.objects.filter(proposal__in=[inviting, joining], **PENDING).update(revoked_at=at)
    for one, other in ((inviting, joining), (joining, inviting)):
        record(one, "invitation_accepted", by=by, at=at, after={"partner": other.pk, "email": invitation.email})
    mails.invitation_accepted(invitation, by, at=at)
    return Proposal.objects.with_side().get(pk=joining.pk)


@transaction.atomic
def decline_invitation(invitation: Invitation, *, at: datetime) -> None:
    """Decline, which whoever holds the link may do without an account. Raises Refused when it is over."""
    _lock([invitation.proposal_id])
    _claim(invitation, at, declined_at=at)
    record(invitation.proposal, "invitation_declined", by=None, label=invitation.email, at=at)
    mails.invitation_declined(invitation, at=at)


@transaction.atomic
def confirm_pair(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Confirm that the partner's record is the other half; when both have, the two are a pair (R3). Raises Refused."""
    proposal = lock_pair(proposal.pk)
    require(confirm_refusal(proposal, by, at))
    partner, seminar = _pair(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(pair_confirmed_at=at)
    proposal.pair_confirmed_at = at
    record(proposal, "pair_confirmed", by=by, at=at, after={"partner": partner.pk})
    if partner.pair_confirmed_at is None:
        mails.pair_awaits_you(proposal, partner, at=at)
        return proposal
    seminar.state, seminar.paired_at = SeminarState.PAIRED, at
    seminar.save(update_fields=["state", "paired_at"])
    for half in (proposal, partner):
        relink(half.side, [half.application_number])
    end_alone([proposal, partner], at=at)
    record(seminar, "paired", by=by, at=at, after={"proposals": sorted((proposal.pk, partner.pk))})
    mails.pair_confirmed(proposal, partner, at=at)
    return proposal


@transaction.atomic
def leave_pair(proposal: Proposal, *, reason: str, by: User, at: datetime) -> Proposal:
    """Take the pair apart while nothing is submitted: both records stay, each on its own. Raises Refused."""
    proposal = lock_pair(proposal.pk)
    require(leave_refusal(proposal, by, at))
    partner, seminar = _pair(proposal)
    mails.pair_left(proposal, partner, reason, at=at)
    Proposal.objects.filter(seminar=seminar).update(seminar=None, pair_confirmed_at=None, changed_at=at)
    for one, other in ((proposal, partner), (partner, proposal)):
        record(one, "pair_left", by=by, at=at, before={"partner": other.pk}, reason=reason)
        relink(one.side, [one.application_number])
    seminar.delete()
    return Proposal.objects.with_side().get(pk=proposal.pk)
