"""Mails about pairs that officers make and take apart; whoever has no account here hears of it from their agency."""

from collections.abc import Sequence
from datetime import datetime

from accounts.actions.messages import queue_message
from seminars.mails.pairing import quoted
from seminars.models import Proposal


def matched(halves: Sequence[Proposal], *, at: datetime) -> None:
    """Tell the coordinators of a pair that an officer has recognised the other half, and which file that is."""
    for own in halves:
        context = {"proposal": own, "partner": _other(own, halves), "listed": own.listed}
        queue_message("matched", to=own.coordinator, about=own, context=context, at=at, key=at.isoformat())


def match_taken_apart(halves: Sequence[Proposal], reason: str, *, at: datetime) -> None:
    """Tell the coordinators that their pair was taken apart by an officer, and why; call it while it is one."""
    for own in halves:
        context = {
            "proposal": own,
            "partner": _other(own, halves),
            "listed": own.listed,
            "reason": quoted(reason),
        }
        queue_message("match_taken_apart", to=own.coordinator, about=own, context=context, at=at, key=at.isoformat())


def _other(own: Proposal, halves: Sequence[Proposal]) -> Proposal | None:
    return next((other for other in halves if other.pk != own.pk), None)
