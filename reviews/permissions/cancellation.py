"""Cancelling a selected or confirmed seminar as officers: one agency asks, the other agrees or keeps it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.choices import CancelState
from reviews.models import CancelRequest
from reviews.permissions.award import reported_refusal
from reviews.permissions.base import not_officer
from seminars.choices import FUNDED
from seminars.models import CallAgency, Seminar
from seminars.permissions import Refusal


def ask_cancel_refusal(side: CallAgency, seminar: Seminar, by: User) -> Refusal | None:
    """Say why ``by`` may not ask for a side that a seminar be cancelled."""
    if refusal := not_officer(side, by):
        return refusal
    if seminar.state not in FUNDED:
        return _("This seminar is not selected, or no longer.")
    if CancelRequest.objects.filter(seminar=seminar, state=CancelState.ASKED).exists():
        return _("A request to cancel this seminar is under way. It must be settled first.")
    return reported_refusal(seminar.pk)


def answer_cancel_refusal(request: CancelRequest, side: CallAgency, by: User) -> Refusal | None:
    """Say why ``by`` may not answer a request to cancel for a side."""
    if refusal := not_officer(side, by):
        return refusal
    if request.state != CancelState.ASKED:
        return _("This request is settled already.")
    if side.pk == request.side_id or by.pk == request.asked_by_id:
        return _("Your agency has asked for it: an officer of the other one answers.")
    return None


def take_back_cancel_refusal(request: CancelRequest, by: User) -> Refusal | None:
    """Say why ``by`` may not take a request to cancel back."""
    if refusal := not_officer(request.side, by):
        return refusal
    return None if request.state == CancelState.ASKED else _("This request is settled already.")
