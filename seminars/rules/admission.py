"""R21: the frame in which an officer may admit one record late; everything about it expires (SAFETY 6)."""

from datetime import datetime, timedelta

LONGEST = timedelta(days=30)


def is_possible(until: datetime, at: datetime) -> bool:
    """Say whether a late admission given at ``at`` may last until ``until``: later, and by 30 days at most."""
    return at < until <= at + LONGEST
