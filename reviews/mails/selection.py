"""Mails about the joint selection: that something is to be read, never what."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from accounts.actions.messages import queue_message
from accounts.choices import Role
from accounts.models import Membership, User
from reviews.models import Selection
from reviews.models.closed import closed_to
from seminars.models import CallAgency


def selection_opened(selection: Selection, sides: Collection[CallAgency], *, at: datetime) -> None:
    """Tell the officers of both agencies that the joint selection is open."""
    for side in sides:
        _tell("selection_opened", selection, _officers_of(side), at)


def signatures_voided(selection: Selection, side: CallAgency, pairs: Collection[int], *, at: datetime) -> None:
    """Tell the officers of an agency that had signed ``pairs`` (ids) that something has changed since.

    An officer to whom all of them are closed is told nothing, for nothing that they may see has changed (R23).
    """
    told = [officer.pk for officer in _officers_of(side) if not set(pairs) <= set(closed_to(officer))]
    _tell("signatures_voided", selection, _officers_of(side).filter(pk__in=told), at)


def _officers_of(side: CallAgency) -> QuerySet[User]:
    acting = Membership.objects.filter(role=Role.OFFICER, agency=side.agency_id)
    return User.objects.filter(pk__in=acting.values("user"), is_active=True)


def _tell(kind: str, selection: Selection, officers: QuerySet[User], at: datetime) -> None:
    for officer in officers.order_by("pk"):
        context = {"call": selection.call}
        queue_message(kind, to=officer, about=selection, context=context, at=at, key=at.isoformat())
