"""The mails about an imported list: that the other agency has shared it, or has taken that back."""

from datetime import datetime

from accounts.actions.messages import queue_message
from accounts.models import User
from seminars.models import ApplicationList


def list_shared(shared: ApplicationList, *, by: User, at: datetime) -> None:
    """Tell the officers of the other agencies of the call that they can read a list and match it with their records."""
    _tell("list_shared", shared, by, at)


def list_unshared(shared: ApplicationList, *, by: User, at: datetime) -> None:
    """Tell the same officers that the rows are no longer theirs to read; the link leads to what is left."""
    _tell("list_unshared", shared, by, at)


def _tell(kind: str, shared: ApplicationList, by: User, at: datetime) -> None:
    others = shared.side.call.sides.exclude(agency=shared.held_by_id).values("agency")
    number = shared.rows.count()
    for officer in User.objects.officers_of(others).exclude(pk=by.pk):
        context = {"list": shared, "by": by, "number": number}
        queue_message(kind, to=officer, about=shared, context=context, at=at, key=at.isoformat())
