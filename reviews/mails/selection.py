"""Mails about the joint selection: that something is to be read, never what."""

from collections.abc import Collection, Iterable
from datetime import datetime

from accounts.actions.messages import queue_message
from accounts.models import User
from reviews.models import Selection
from reviews.models.closed import officers_who_see_any
from seminars.models import CallAgency


def selection_opened(selection: Selection, sides: Collection[CallAgency], *, at: datetime) -> None:
    """Tell the officers of both agencies that the joint selection is open."""
    for side in sides:
        _tell("selection_opened", selection, User.objects.officers_of([side.agency_id]), at)


def signatures_voided(selection: Selection, side: CallAgency, pairs: Collection[int], *, at: datetime) -> None:
    """Tell the officers of an agency that had signed ``pairs`` (ids) that something has changed since.

    An officer to whom all of them are closed is told nothing, for nothing that they may see has changed (R23).
    """
    _tell("signatures_voided", selection, officers_who_see_any(pairs, side), at)


def _tell(kind: str, selection: Selection, officers: Iterable[User], at: datetime) -> None:
    for officer in officers:
        context = {"call": selection.call}
        queue_message(kind, to=officer, about=selection, context=context, at=at, key=at.isoformat())
