"""Mails about changes of selected seminars; what changes and why is read after signing in."""

from datetime import datetime

from reviews.mails.award import tell_all, tell_officers
from reviews.models import Change


def change_asked(change: Change, *, at: datetime) -> None:
    """Ask the officers of both agencies to decide."""
    tell_officers("change_asked", change.seminar, about=change, at=at, change=change)


def change_settled(change: Change, *, at: datetime) -> None:
    """Tell both coordinators and the officers of both agencies what has become of it."""
    tell_all("change_settled", change.seminar, about=change, at=at, change=change)


def change_withdrawn(change: Change, *, at: datetime) -> None:
    """Tell the officers of both agencies that nothing is left to decide."""
    tell_officers("change_withdrawn", change.seminar, about=change, at=at, change=change)
