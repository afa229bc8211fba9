"""Cancelling a selected or confirmed seminar as officers of both agencies."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.award import cancel_seminar, require_not_shut_out
from reviews.actions.evaluation import lock_call
from reviews.choices import CancelState
from reviews.models import CancelRequest
from reviews.permissions import answer_cancel_refusal, ask_cancel_refusal, take_back_cancel_refusal
from seminars.models import CallAgency, Seminar
from seminars.permissions import Refused, require


@transaction.atomic
def ask_cancellation(side: CallAgency, seminar: Seminar, *, reason: str, by: User, at: datetime) -> CancelRequest:
    """Ask the other agency, for a side, to cancel a seminar.

    Raises Refused: not the side's officer, in conflict with the pair, not selected, asked already, or no reason.
    """
    call = lock_call(side.call)
    seminar = Seminar.objects.select_for_update(of=("self",)).select_related("call").get(pk=seminar.pk, call=call)
    require(ask_cancel_refusal(side, seminar, by))
    require_not_shut_out(seminar.pk, by)
    if not reason.strip():
        raise Refused(_("Say why the seminar is to be cancelled."))
    values = {"side": side, "reason": reason.strip(), "asked_at": at, "asked_by": by}
    asked = CancelRequest.objects.create(seminar=seminar, **values)
    record(seminar, "cancellation_asked", by=by, at=at, reason=asked.reason)
    mails.cancellation_asked(asked, at=at)
    return asked


@transaction.atomic
def answer_cancellation(
    asked: CancelRequest, side: CallAgency, *, agrees: bool, reason: str = "", by: User, at: datetime
) -> None:
    """Agree for the other agency, which cancels the seminar at once, or let it stay with a reason.

    Raises Refused: not an officer of the other side, in conflict with the pair, settled, or staying without a reason.
    """
    asked, seminar = _lock(asked)
    require(answer_cancel_refusal(asked, side, by))
    require_not_shut_out(seminar.pk, by)
    if not agrees and not reason.strip():
        raise Refused(_("Say why the seminar is to stay."))
    _settle(asked, CancelState.AGREED if agrees else CancelState.KEPT, reason=reason, by=by, at=at)
    if agrees:
        cancel_seminar(seminar, asked.side, reason=asked.reason, cancelled_by=asked.asked_by, by=by, at=at)
        mails.seminar_cancelled(seminar, at=at)
    else:
        record(seminar, "cancellation_kept", by=by, at=at, reason=asked.answer)
        mails.cancellation_kept(asked, at=at)


@transaction.atomic
def take_back_cancellation(asked: CancelRequest, *, by: User, at: datetime) -> None:
    """Take a request back for the agency that made it. Raises Refused."""
    asked, seminar = _lock(asked)
    require(take_back_cancel_refusal(asked, by))
    require_not_shut_out(seminar.pk, by)
    _settle(asked, CancelState.WITHDRAWN, reason="", by=by, at=at)
    record(seminar, "cancellation_taken_back", by=by, at=at)


def _lock(asked: CancelRequest) -> tuple[CancelRequest, Seminar]:
    """Lock the call and the pair, and return the request and the pair as they are after the lock."""
    lock_call(asked.seminar.call)
    seminar = Seminar.objects.select_for_update(of=("self",)).select_related("call").get(pk=asked.seminar_id)
    return CancelRequest.objects.select_related("side__agency", "asked_by").get(pk=asked.pk), seminar


def _settle(asked: CancelRequest, state: CancelState, *, reason: str, by: User, at: datetime) -> None:
    asked.state, asked.answer, asked.ended_at, asked.ended_by = state, reason.strip(), at, by
    asked.save(update_fields=["state", "answer", "ended_at", "ended_by"])
