"""Inviting reviewers, answering an invitation, and saying what one knows and whom."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import ReviewerState
from reviews.models import Reviewer
from reviews.permissions.base import not_officer
from seminars.models import CallAgency
from seminars.permissions import Refusal


def invite_reviewer_refusal(side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not invite reviewers of a side, or take part as one."""
    panel = getattr(side, "panel", None)
    if refusal := not_officer(side, by):
        return refusal
    return _("The panel is sealed: nobody can join it any more.") if panel and panel.sealed_at else None


def address_of_reviewer_refusal(side: CallAgency, email: str) -> Refusal | None:
    """Say why an address may not be invited: not plain letters, or invited already.

    That somebody reviews for the other agency is not told to whoever invites them (R24): they are told themselves, when
    they would accept.
    """
    if not email.isascii():
        return _("Please write the address with plain letters, without accents.")
    known = Reviewer.objects.filter(side=side, email=email.lower()).exclude(state=ReviewerState.REMOVED)
    return _("This address has been invited already.") if known.exists() else None


def reviews_for_other(side: CallAgency, user: User) -> bool:
    """Say whether somebody acts for the other agency in the same call: nobody judges for both (R24)."""
    others = side.call.sides.exclude(pk=side.pk)
    acts = user.memberships.filter(agency__in=others.values("agency")).exists()
    accepted = Reviewer.objects.filter(side__in=others, user=user, state=ReviewerState.ACCEPTED)
    return acts or accepted.exists()


def answer_review_refusal(reviewer: Reviewer, at: datetime) -> Refusal | None:
    """Say why nobody can answer an invitation to review any more at ``at``."""
    if reviewer.state == ReviewerState.ACCEPTED:
        return _("This invitation has been accepted already: it works once.")
    if reviewer.state == ReviewerState.DECLINED:
        return _("This invitation has been declined.")
    if reviewer.state == ReviewerState.REMOVED:
        return _("This invitation has been taken back.")
    return None if reviewer.is_pending(at) else _("This invitation has expired.")


def accept_review_refusal(reviewer: Reviewer, by: User, at: datetime) -> Refusal | None:
    """Say why ``by`` may not accept an invitation to review at ``at``.

    It is over, it is for another address than one ``by`` has verified, letter for letter (SAFETY 14), or ``by`` acts
    for the other agency.
    """
    if refusal := answer_review_refusal(reviewer, at):
        return refusal
    if not EmailAddress.objects.filter(user=by, email=reviewer.email, verified=True).exists():
        return _("This invitation is for another e-mail address than yours.")
    if Reviewer.objects.filter(side=reviewer.side_id, user=by).exclude(state=ReviewerState.REMOVED).exists():
        return _("You review for this agency already.")
    return _("You cannot review for both agencies of a call.") if reviews_for_other(reviewer.side, by) else None


def remove_reviewer_refusal(reviewer: Reviewer, by: User) -> Refusal | None:
    """Say why ``by`` may not remove a reviewer: another agency's, or the panel is sealed."""
    if refusal := invite_reviewer_refusal(reviewer.side, by):
        return refusal
    return _("This person has been removed already.") if reviewer.state == ReviewerState.REMOVED else None


def describe_refusal(reviewer: Reviewer, by: User) -> Refusal | None:
    """Say why ``by`` may not say what a reviewer knows: only oneself does, once accepted."""
    if reviewer.user_id != by.pk or reviewer.state != ReviewerState.ACCEPTED:
        return _("Only the reviewer may do this.")
    return None
