"""Mails about the joint selection: that something is to be read, never what."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.actions.messages import queue_message
from accounts.choices import Role
from accounts.models import Membership, User
from reviews.models import Selection
from seminars.models import CallAgency, Recusal


def selection_opened(selection: Selection, sides: Collection[CallAgency], *, at: datetime) -> None:
    """Tell the officers of both agencies that the joint selection is open."""
    for side in sides:
        _tell("selection_opened", selection, _officers_of(side), at)


def signatures_voided(selection: Selection, side: CallAgency, pairs: Collection[int], *, at: datetime) -> None:
    """Tell the officers of an agency that had signed ``pairs`` (ids) that something has changed since.

    An officer who is shut out of all of them is told nothing, for nothing that they may see has changed (R23).
    """
    shut_out = Recusal.objects.filter(seminar__in=pairs, user=OuterRef("pk")).order_by()
    number = shut_out.values("user").annotate(number=Count("pk")).values("number")
    officers = _officers_of(side).annotate(hidden=Coalesce(Subquery(number), 0))
    _tell("signatures_voided", selection, officers.filter(hidden__lt=len(pairs)), at)


def _officers_of(side: CallAgency) -> QuerySet[User]:
    acting = Membership.objects.filter(role=Role.OFFICER, agency=side.agency_id)
    return User.objects.filter(pk__in=acting.values("user"), is_active=True)


def _tell(kind: str, selection: Selection, officers: QuerySet[User], at: datetime) -> None:
    for officer in officers.order_by("pk"):
        context = {"call": selection.call}
        queue_message(kind, to=officer, about=selection, context=context, at=at, key=at.isoformat())
