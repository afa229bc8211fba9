"""Mails about the end of a seminar; the reasons are read after signing in."""

from datetime import datetime

from accounts.actions.messages import queue_message
from reviews.mails.award import tell_all
from reviews.models import CancelRequest
from reviews.models.closed import officers_who_see
from seminars.models import CallAgency, Seminar


def cancellation_asked(asked: CancelRequest, *, at: datetime) -> None:
    """Ask the officers of the other agency to answer."""
    others = CallAgency.objects.filter(call=asked.seminar.call_id).exclude(pk=asked.side_id)
    for officer in officers_who_see(asked.seminar, others):
        queue_message("cancellation_asked", to=officer, about=asked, context={"seminar": asked.seminar}, at=at)


def cancellation_kept(asked: CancelRequest, *, at: datetime) -> None:
    """Tell the officers of the agency that asked that the other one does not agree."""
    for officer in officers_who_see(asked.seminar, [asked.side]):
        queue_message("cancellation_kept", to=officer, about=asked, context={"seminar": asked.seminar}, at=at)


def seminar_cancelled(seminar: Seminar, *, at: datetime) -> None:
    """Tell both coordinators, and the officers of both agencies, that the agencies have cancelled the seminar."""
    tell_all("seminar_cancelled", seminar, about=seminar, at=at)
