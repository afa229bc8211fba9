"""Which pairs of a joint selection an officer may know of, discuss and decide (R23, R25)."""

from accounts.models import User
from reviews.models.closed import pairs_run_by
from seminars.choices import SeminarState
from seminars.models import Call
from seminars.models.seminar import SeminarQuerySet


def seen_by(call: Call, by: User) -> SeminarQuerySet:
    """Return the pairs of a call that an officer may know of, in whatever state: none one is shut out of."""
    return pairs_run_by(by).filter(call=call)


def discussed_by(call: Call, by: User) -> SeminarQuerySet:
    """Return the pairs of a call that an officer may discuss and decide: none one is shut out of.

    They are those in review, and once outcomes are announced those on the reserve list, which may still move up.
    """
    return seen_by(call, by).filter(state__in=(SeminarState.IN_REVIEW, SeminarState.RESERVE))
