"""How long an officer may still change an internal note."""

from datetime import datetime, timedelta

EDITABLE = timedelta(minutes=15)
"""As long as a colleague may not have acted on it yet."""


def is_editable(written_at: datetime, at: datetime) -> bool:
    """Say whether a note may still be changed at ``at``; the last moment counts."""
    return at - written_at <= EDITABLE
