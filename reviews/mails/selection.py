"""Mails about the joint selection: that something is to be read, never what."""

from collections.abc import Collection
from datetime import datetime

from accounts.actions.messages import queue_message
from accounts.choices import Role
from accounts.models import User
from reviews.models import Selection
from seminars.models import CallAgency


def selection_opened(selection: Selection, sides: Collection[CallAgency], *, at: datetime) -> None:
    """Tell the officers of both agencies that the joint selection is open."""
    _tell("selection_opened", selection, sides, at)


def signatures_voided(selection: Selection, sides: Collection[CallAgency], *, at: datetime) -> None:
    """Tell the officers of the agencies that had signed that something has changed since."""
    _tell("signatures_voided", selection, sides, at)


def _tell(kind: str, selection: Selection, sides: Collection[CallAgency], at: datetime) -> None:
    agencies = [side.agency_id for side in sides]
    acting = User.objects.filter(memberships__role=Role.OFFICER, memberships__agency__in=agencies, is_active=True)
    for officer in acting.order_by("pk").distinct():
        context = {"call": selection.call}
        queue_message(kind, to=officer, about=selection, context=context, at=at, key=at.isoformat())
