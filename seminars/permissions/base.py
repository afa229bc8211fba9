"""What every question of permission is made of: a refusal is the reason in words, or nothing."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from seminars.models import Proposal
from seminars.rules import deadline, states

Refusal = str | Promise


class Refused(Exception):
    """An action was asked for that the person may not do; ``args[0]`` is the reason in words."""


def require(refusal: Refusal | None) -> None:
    """Raise Refused when there is a reason to refuse."""
    if refusal is not None:
        raise Refused(refusal)


def not_owner(proposal: Proposal, by: User) -> Refusal | None:
    """Refuse anyone but the coordinator of the record."""
    return None if proposal.coordinator_id == by.pk else _("Only the coordinator of this record may do this.")


def closed(proposal: Proposal, at: datetime) -> Refusal | None:
    """Refuse before the call opens and after the last moment of the record, late admission included (R1)."""
    if at < proposal.side.call.opens_at:
        return _("The call has not opened yet.")
    if not deadline.is_on_time(at, proposal.side.deadline_at, proposal.admitted_until):
        return _("The deadline has passed. Applications can no longer be submitted.")
    return None


def in_state(proposal: Proposal, verb: str, reason: Refusal) -> Refusal | None:
    """Refuse with ``reason`` where the table of transitions does not allow ``verb``."""
    return None if states.allowed(states.PROPOSAL, verb, proposal.state) else reason


def first(*checks: Callable[[], Refusal | None]) -> Refusal | None:
    """Return the first refusal; what comes after it is not asked."""
    for check in checks:
        if (refusal := check()) is not None:
            return refusal
    return None
