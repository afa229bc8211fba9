"""When a review is late: it may be sealed after the moment it was due, until its panel is sealed, and says so."""

from datetime import datetime


def is_late(due_at: datetime, sealed_at: datetime | None, at: datetime) -> bool:
    """Say whether a review was sealed after it was due; one that is not sealed is late from that moment on."""
    return (sealed_at or at) > due_at
