"""Planning the announcement, releasing it for each agency, and letting it go out: all at once, or not at all (R26)."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actions.history import record
from accounts.models import User
from reviews import mails
from reviews.actions.evaluation import lock_call
from reviews.choices import Outcome
from reviews.models import Announcement, Release, Told
from reviews.permissions import plan_refusal, release_refusal, take_back_refusal
from reviews.queries.outcomes import Outcomes, PairBlocked, outcomes_of
from reviews.rules.outcome import SIDES
from seminars.models import Call, CallAgency, Seminar
from seminars.permissions import Refused, require
from seminars.rules import states

logger = logging.getLogger(__name__)
VERBS = {Outcome.SELECTED: "select", Outcome.RESERVE: "put_in_reserve", Outcome.NOT_SELECTED: "not_select"}


def waiting_of(call: Call) -> Announcement | None:
    """Return the announcement of a call that has neither gone out nor been cancelled."""
    return Announcement.objects.waiting().filter(call=call).first()


@transaction.atomic
def plan(call: Call, *, due_at: datetime, shows_scores: bool, by: User, at: datetime) -> Announcement:
    """Plan the announcement of a call, or move the planned one, which voids its releases. Raises Refused."""
    call = lock_call(call)
    require(plan_refusal(call, by))
    if due_at <= at:
        raise Refused(_("Choose a moment in the future."))
    after = {"due_at": due_at.isoformat(), "shows_scores": shows_scores}
    values = {"due_at": due_at, "shows_scores": shows_scores, "planned_at": at, "planned_by": by}
    values |= {"failed_at": None, "failed_pair": None}
    announcement = waiting_of(call)
    if announcement is None:
        announcement = Announcement.objects.create(call=call, **values)
        record(announcement, "planned", by=by, at=at, after=after)
        return announcement
    before = {"due_at": announcement.due_at.isoformat(), "shows_scores": announcement.shows_scores}
    Announcement.objects.filter(pk=announcement.pk).update(**values)
    _standing(announcement).update(voided_at=at)
    record(announcement, "moved", by=by, at=at, before=before, after=after)
    return Announcement.objects.get(pk=announcement.pk)


@transaction.atomic
def cancel(call: Call, *, by: User, at: datetime) -> None:
    """Cancel the planned announcement, and with it its releases. Raises Refused: nothing is planned any more."""
    call = lock_call(call)
    require(plan_refusal(call, by))
    announcement = waiting_of(call)
    if announcement is None:
        raise Refused(_("No announcement is planned."))
    Announcement.objects.filter(pk=announcement.pk).update(cancelled_at=at, cancelled_by=by)
    _standing(announcement).update(voided_at=at)
    record(announcement, "cancelled", by=by, at=at)


@transaction.atomic
def release(side: CallAgency, *, by: User, at: datetime) -> None:
    """Give an agency's word that the announcement may go out as things stand. Raises Refused."""
    call = lock_call(side.call)
    announcement, outcomes = waiting_of(call), outcomes_of(call)
    require(release_refusal(announcement, side, outcomes, by, at))
    assert announcement is not None  # noqa: S101 - or there had been a refusal
    stale = _standing(announcement).exclude(digest=outcomes.digest)
    stale.update(voided_at=at)
    values = {"released_at": at, "released_by": by, "digest": outcomes.digest}
    Release.objects.create(announcement=announcement, side=side, **values)
    Announcement.objects.filter(pk=announcement.pk).update(failed_at=None, failed_pair=None)
    record(announcement, "released", by=by, at=at, after={"side": side.pk})


@transaction.atomic
def take_back(side: CallAgency, *, by: User, at: datetime) -> None:
    """Take an agency's release back before the announcement goes out. Raises Refused."""
    announcement = waiting_of(lock_call(side.call))
    require(take_back_refusal(announcement, side, by))
    assert announcement is not None  # noqa: S101 - or there had been a refusal
    _standing(announcement).filter(side=side).update(voided_at=at)
    record(announcement, "release_taken_back", by=by, at=at, after={"side": side.pk})


def announce_due(*, at: datetime) -> int:
    """Let every announcement go out that is due and released by both agencies; return how many went.

    Each is a transaction of its own: one that cannot go out is noted for its officers, and holds up no other call.
    """
    due = list(Announcement.objects.due(at).select_related("call").order_by("pk"))
    return sum(_try(item, at) for item in due)


def _try(announcement: Announcement, at: datetime) -> bool:
    try:
        return announce(announcement.call, at=at)
    except Exception as error:  # whatever it is, the other calls must not wait for it
        pair = error.pair if isinstance(error, PairBlocked) else None
        logger.exception("Announcement %s could not go out", announcement.pk)
        Announcement.objects.waiting().filter(pk=announcement.pk).update(failed_at=at, failed_pair_id=pair)
        return False


@transaction.atomic
def announce(call: Call, *, at: datetime) -> bool:
    """Tell everybody at once, and say whether it was done.

    States, what was told and every letter are written in one transaction: a worker that dies half-way leaves
    nothing of it. Nothing goes out while a release is missing, or was given for other decisions.
    """
    call = lock_call(call)
    announcement = Announcement.objects.due(at).filter(call=call).first()
    outcomes = outcomes_of(call)
    if announcement is None or not outcomes.can_go:
        return False
    if _standing(announcement).filter(digest=outcomes.digest).count() < SIDES:
        return False
    announcement.announced_at = at
    announcement.save(update_fields=["announced_at"])
    told = _tell(announcement, outcomes, at)
    record(announcement, "announced", by=None, at=at, after={"pairs": len(told)})
    handed = mails.outcomes_told(announcement, told, at=at)
    for item in told:
        item.handed_subject, item.handed_text = handed.get(item.seminar_id, ("", ""))
    Told.objects.bulk_update(told, ["handed_subject", "handed_text"])
    return True


def _standing(announcement: Announcement) -> QuerySet[Release]:
    return Release.objects.filter(announcement=announcement, voided_at__isnull=True)


def _tell(announcement: Announcement, outcomes: Outcomes, at: datetime) -> list[Told]:
    """Move every pair to its outcome, and write down what it is told."""
    made = []
    pairs = Seminar.objects.filter(pk__in=outcomes.ready).select_for_update().order_by("pk")
    for seminar in pairs:
        outcome, rank = outcomes.ready[seminar.pk]
        verb, before = VERBS[Outcome(outcome)], {"state": seminar.state}
        if not states.allowed(states.SEMINAR, verb, seminar.state):
            raise PairBlocked(seminar.pk)
        seminar.state = states.target(states.SEMINAR, verb)
        seminar.save(update_fields=["state"])
        record(seminar, verb, by=None, at=at, before=before, after={"state": seminar.state})
        made.append(Told(announcement=announcement, seminar=seminar, outcome=outcome, reserve_rank=rank))
    return Told.objects.bulk_create(made)
